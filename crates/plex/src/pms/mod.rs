//! One media server: what may be asked of it, and the domain's answer. Knows the paths; reading is in the modules below.

mod guide;
mod identity;
mod image;
mod item;
mod leaves;
mod libraries;
mod library_item;
mod lists;
mod player;
mod session;
mod tracks;
mod transcode;
mod version;

pub use image::{Image, ImageRequest};
pub use lists::{Page, Recent};
pub use session::Sessions;

pub(crate) use transcode::last_segment;

use crate::error::{Party, PlexError, Problem};
use crate::http::{Ask, Connection, METADATA_LIMIT, Transport};
use crate::wire::Node;
use crate::{Identity, wire};
use tautulli_domain::server::ServerIdentity;

/// A media server that can be asked. Cheap to share behind an `Arc`; holds a pool of connections.
#[derive(Debug)]
pub struct MediaServer {
    transport: Transport,
}

impl MediaServer {
    /// `seed` spreads the waits before retries.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when the address or the token cannot be used at all. Nothing is asked yet.
    pub fn new(connection: &Connection, identity: &Identity, seed: u64) -> Result<Self, PlexError> {
        let settings = crate::http::Settings {
            party: Party::MediaServer,
            base: connection.url.clone(),
            token: Some(&connection.token),
            verify_tls: connection.verify_tls,
            timeout: connection.timeout,
            seed,
        };
        Ok(Self { transport: Transport::new(settings, identity)? })
    }

    #[cfg(test)]
    pub(crate) fn retry_at_once(self) -> Self {
        Self { transport: self.transport.retry_at_once() }
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }

    /// What the server says of itself.
    pub async fn identity(&self) -> Result<ServerIdentity, PlexError> {
        Ok(identity::read(&self.container(&Ask::get("/")).await?))
    }

    /// The machine identifier, which servers tell without a token too: for a first look at an address.
    pub async fn machine_id(&self) -> Result<String, PlexError> {
        Ok(self.container(&Ask::get("/identity").without_token()).await?.text("machineIdentifier"))
    }

    /// Everything that plays now. Rows that nobody can read are counted and left out.
    pub async fn sessions(&self) -> Result<Sessions, PlexError> {
        Ok(session::read(&self.container(&Ask::get("/status/sessions").limit(METADATA_LIMIT)).await?))
    }

    /// Ends a session; the player shows `reason`. Needs Plex Pass.
    ///
    /// `session_id` is [`Observation::session_id`](tautulli_domain::session::Observation), not the session's key.
    pub async fn terminate(&self, session_id: &str, reason: &str) -> Result<(), PlexError> {
        let ask =
            Ask::get("/status/sessions/terminate").query("sessionId", session_id).query("reason", reason);
        self.transport.fetch(&ask.once()).await.map(drop)
    }

    /// A setting of the server by its name; `None` where it has none of that name.
    pub async fn preference(&self, name: &str) -> Result<Option<String>, PlexError> {
        let settings = self.container(&Ask::get("/:/prefs")).await?;
        Ok(settings.all("Setting").find(|s| s.get("id") == Some(name)).map(|s| s.text("value")))
    }

    /// A picture, scaled by the server.
    pub async fn image(&self, request: &ImageRequest) -> Result<Image, PlexError> {
        image::read(self.transport.fetch(&image::ask(request)).await?)
            .map_err(|e| self.transport.error(Problem::Malformed, e))
    }

    /// An answer whose root is Plex's container; anything else would read as "nothing there".
    pub(crate) async fn container(&self, ask: &Ask) -> Result<Node, PlexError> {
        let root = self.transport.tree(ask).await?;
        if root.name() == "MediaContainer" {
            return Ok(root);
        }
        let detail = wire::WireError(format!("{}: the answer is a <{}>", ask.path, root.name()));
        Err(self.transport.error(Problem::Malformed, detail))
    }
}

#[cfg(test)]
mod tests;
