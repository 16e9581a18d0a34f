//! What others know: where an address is and whose it is, which servers and releases there are, what was put on devices.

mod owner;

pub use owner::{Network, Owner};

use crate::servers::Servers;
use moka::future::Cache;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::server::{
    GeoLocation, KnownServer, Server, ServerAddress, ServerRelease, SyncedItem, User,
};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, Result, ServerId};

/// Addresses do not move often.
const PLACES: Duration = Duration::from_secs(3600);
const MAX_PLACES: u64 = 10_000;
/// A release is asked for again after this.
const RELEASES: Duration = Duration::from_secs(600);
const MAX_NAME: usize = 200;

/// Lookups, each answered from memory for a while.
#[derive(Debug)]
pub struct Lookups {
    servers: Arc<Servers>,
    places: Cache<IpAddr, Option<GeoLocation>>,
    owners: Cache<IpAddr, Arc<Owner>>,
    releases: Cache<(ServerId, String), Option<ServerRelease>>,
}

impl Lookups {
    pub fn new(servers: Arc<Servers>) -> Self {
        Self {
            servers,
            places: Cache::builder().max_capacity(MAX_PLACES).time_to_live(PLACES).build(),
            owners: Cache::builder().max_capacity(MAX_PLACES).time_to_live(PLACES).build(),
            releases: Cache::builder().max_capacity(100).time_to_live(RELEASES).build(),
        }
    }

    /// Where on earth an address is, as plex.tv tells; `None` where it does not know.
    pub async fn geo_location(&self, address: IpAddr) -> Result<Option<GeoLocation>> {
        let server = self.servers.all().await?.into_iter().next();
        let server = server.ok_or_else(|| Error::unavailable("There is no media server to ask with yet"))?;
        let ask =
            async { Ok::<_, Error>(self.servers.plex_tv(server.id).await?.geo_location(address).await?) };
        self.places.try_get_with(address, ask).await.map_err(|error| (*error).clone())
    }

    /// Whose network an address belongs to, as the registries tell.
    pub async fn owner(&self, address: IpAddr) -> Arc<Owner> {
        self.owners.get_with(address, async { Arc::new(owner::of(address).await) }).await
    }

    /// The newest release for a server's platform; `None` where plex.tv names none.
    pub async fn release(&self, server: &Server) -> Result<Option<ServerRelease>> {
        let ask =
            async { Ok::<_, Error>(self.servers.plex_tv(server.id).await?.release(&server.platform).await?) };
        let key = (server.id, server.platform.clone());
        self.releases.try_get_with(key, ask).await.map_err(|error| (*error).clone())
    }

    /// A server's own setting by name; `None` where it has none of that name.
    pub async fn preference(&self, server: ServerId, name: &str) -> Result<Option<String>> {
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(Error::invalid("Name a setting of the media server"));
        }
        if is_secret(name) {
            return Ok(None);
        }
        Ok(self.servers.client(server).await?.preference(name).await?)
    }

    /// The servers that a server knows, itself among them.
    pub async fn known_servers(&self, server: ServerId) -> Result<Vec<KnownServer>> {
        Ok(self.servers.client(server).await?.known_servers().await?)
    }

    /// The servers of the account that owns `server`, with all their addresses.
    pub async fn account_servers(&self, server: ServerId) -> Result<Vec<KnownServer>> {
        let found = self.servers.plex_tv(server).await?.resources().await?;
        Ok(found.into_iter().map(known).collect())
    }

    /// What was put on devices from a server; a guest knows of their `own` alone.
    pub async fn synced_items(
        &self,
        viewer: &Viewer,
        server: &Server,
        own: Option<&User>,
    ) -> Result<Vec<SyncedItem>> {
        let own = own
            .filter(|user| viewer.is_own(Some(user.id)) && viewer.may_read() && viewer.libraries.is_none());
        if (!viewer.is_admin() && own.is_none()) || server.machine_id.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.servers.plex_tv(server.id).await?.synced_items(&server.machine_id).await?;
        if !viewer.is_admin() {
            found.retain(|item| own.is_some_and(|user| item.account_id == Some(user.account_id)));
        }
        Ok(found)
    }

    /// Takes something off a device again.
    pub async fn remove_synced_item(&self, server: ServerId, client_id: &str, sync_id: &str) -> Result<()> {
        Ok(self.servers.plex_tv(server).await?.remove_synced_item(client_id, sync_id).await?)
    }
}

/// A server as plex.tv tells of it.
pub(crate) fn known(resource: tautulli_plex::Resource) -> KnownServer {
    KnownServer {
        cloud: resource.platform.eq_ignore_ascii_case("cloud"),
        name: resource.name,
        machine_id: resource.client_identifier,
        version: resource.version,
        https_required: resource.https_required,
        owned: resource.owned,
        addresses: resource.connections.into_iter().map(address).collect(),
    }
}

fn address(connection: tautulli_plex::ResourceConnection) -> ServerAddress {
    ServerAddress {
        uri: connection.uri,
        host: connection.address,
        port: connection.port,
        local: connection.local,
    }
}

/// Settings of media servers that are keys to something.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["token", "password", "secret", "certificatekey", "passphrase"].iter().any(|word| name.contains(word))
}
