//! The media servers that are watched: adding, changing, removing, and clients to speak with them.

use crate::Entropy;
use crate::events::Events;
use crate::settings::Settings;
use secrecy::SecretString;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tautulli_db::servers::Link;
use tautulli_db::{AsyncConnection, Database};
use tautulli_domain::server::{Server, ServerIdentity};
use tautulli_domain::{Error, ErrorKind, Result, ServerId, SharedClock};
use tautulli_plex::{Connection, Identity, MediaServer, PlexTv};
use tokio::sync::watch;
use url::Url;

/// How a server is to be reached, as somebody entered it.
#[derive(Debug, Clone)]
pub struct NewServer {
    /// Empty: the server's own name.
    pub name: String,
    pub url: String,
    pub token: SecretString,
    pub verify_tls: bool,
}

/// Changes; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct ServerChange {
    pub name: Option<String>,
    pub url: Option<String>,
    pub token: Option<SecretString>,
    pub verify_tls: Option<bool>,
}

/// The servers.
#[derive(Debug)]
pub struct Servers {
    database: Database,
    clock: SharedClock,
    entropy: Arc<Entropy>,
    settings: Arc<Settings>,
    identity: Identity,
    plextv_url: Url,
    events: Arc<Events>,
    changed: watch::Sender<u64>,
    clients: Mutex<HashMap<ServerId, (Way, Arc<MediaServer>)>>,
}

/// What a client was made for: how the server is reached (its link's revision), and with how much patience.
type Way = (i64, Duration);

const MAX_NAME: usize = 200;
const MAX_URL: usize = 2_000;
/// How long a start waits for a media server that it has not met.
const FIRST_CONTACT: Duration = Duration::from_secs(3);
/// Watching more from one place is nobody's household.
const MAX_SERVERS: usize = 50;

impl Servers {
    pub fn new(
        database: Database,
        clock: SharedClock,
        entropy: Arc<Entropy>,
        settings: Arc<Settings>,
        identity: Identity,
        plextv_url: Url,
        events: Arc<Events>,
    ) -> Self {
        let (changed, clients) = (watch::Sender::default(), Mutex::default());
        Self { database, clock, entropy, settings, identity, plextv_url, events, changed, clients }
    }

    /// Tells when the list has changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// All watched servers, the default one first.
    pub async fn all(&self) -> Result<Vec<Server>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::servers::list(&mut conn).await?)
    }

    pub async fn get(&self, id: ServerId) -> Result<Server> {
        let mut conn = self.database.conn().await?;
        tautulli_db::servers::get(&mut conn, id).await?.ok_or_else(|| Error::not_found("That server"))
    }

    pub async fn by_ids(&self, ids: &[ServerId]) -> Result<Vec<Server>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::servers::by_ids(&mut conn, ids).await?)
    }

    /// A client for a watched server: the same one, with its open connections, until the server is reached otherwise.
    pub async fn client(&self, id: ServerId) -> Result<Arc<MediaServer>> {
        let server = self.get(id).await?;
        let way = (server.link_revision, self.timeout());
        if let Some((known, client)) = self.clients.lock().unwrap_or_else(PoisonError::into_inner).get(&id)
            && *known == way
        {
            return Ok(client.clone());
        }
        let token = self.token(id).await?;
        let url = read_url(&server.url)?;
        let client = Arc::new(self.connect(url, token, server.verify_tls)?);
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (way, client.clone()));
        Ok(client)
    }

    /// A client for a watched server that asks as somebody else.
    pub(crate) async fn client_as(&self, id: ServerId, token: SecretString) -> Result<MediaServer> {
        let server = self.get(id).await?;
        self.connect(read_url(&server.url)?, token, server.verify_tls)
    }

    /// plex.tv, asked as the owner of a watched server.
    pub(crate) async fn plex_tv(&self, id: ServerId) -> Result<PlexTv> {
        self.plex_tv_as(&self.token(id).await?)
    }

    /// plex.tv, asked as whoever has that token.
    pub(crate) fn plex_tv_as(&self, token: &SecretString) -> Result<PlexTv> {
        self.any_plex_tv(Some(token))
    }

    /// plex.tv, asked as nobody: for codes alone.
    pub(crate) fn plex_tv_of_strangers(&self) -> Result<PlexTv> {
        self.any_plex_tv(None)
    }

    fn any_plex_tv(&self, token: Option<&SecretString>) -> Result<PlexTv> {
        let seed = self.entropy.number();
        Ok(PlexTv::new(&self.plextv_url, token, &self.identity, self.timeout(), seed)?)
    }

    /// Who we say we are.
    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    fn connect(&self, url: Url, token: SecretString, verify_tls: bool) -> Result<MediaServer> {
        let connection = Connection { verify_tls, timeout: self.timeout(), ..Connection::new(url, token) };
        Ok(MediaServer::new(&connection, &self.identity, self.entropy.number())?)
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.settings.int("pms_timeout").clamp(1, 120)).unwrap_or(15))
    }

    async fn token(&self, id: ServerId) -> Result<SecretString> {
        let mut conn = self.database.conn().await?;
        let token = tautulli_db::servers::secrets(&mut conn, id).await?;
        token.map(SecretString::from).ok_or_else(|| Error::not_found("That server"))
    }

    /// Tries an address and a token: what the server says of itself.
    pub async fn test(&self, new: &NewServer) -> Result<ServerIdentity> {
        let plex = self.connect(read_url(&new.url)?, new.token.clone(), new.verify_tls)?;
        Ok(plex.identity().await?)
    }

    /// Adds a server after it has answered.
    pub async fn add(&self, new: NewServer) -> Result<Server> {
        check_name(&new.name)?;
        let identity = self.test(&new).await?;
        let known = self.all().await?;
        if known.len() >= MAX_SERVERS {
            return Err(Error::invalid(format!("At most {MAX_SERVERS} servers can be watched")));
        }
        if let Some(twin) =
            known.iter().find(|s| !s.machine_id.is_empty() && s.machine_id == identity.machine_id)
        {
            return Err(Error::conflict(format!("This server is watched already, as {:?}", twin.name)));
        }
        let id = self.store(&new, &identity.machine_id).await?;
        self.keep(id, &identity).await?;
        self.tell();
        self.get(id).await
    }

    /// The server that the environment names: added, or brought up to date, without asking whether it answers.
    pub async fn provide(&self, new: NewServer) -> Result<ServerId> {
        use secrecy::ExposeSecret as _;
        let url = read_url(&new.url)?;
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        let name = if new.name.is_empty() { url.host_str().unwrap_or("Plex") } else { &new.name };
        let link = Link { name, url: &new.url, token: new.token.expose_secret(), verify_tls: new.verify_tls };
        let id = match tautulli_db::servers::by_url(&mut conn, &new.url).await? {
            Some(known) => {
                let stored = tautulli_db::servers::secrets(&mut conn, known.id).await?.unwrap_or_default();
                if stored != link.token || known.verify_tls != link.verify_tls {
                    let (token, verify) = (Some(link.token), link.verify_tls);
                    tautulli_db::servers::relink(
                        &mut conn,
                        known.id,
                        &known.name,
                        link.url,
                        token,
                        verify,
                        now,
                    )
                    .await?;
                }
                known.id
            }
            None => {
                let machine_id = self.machine_id(&new).await;
                tautulli_db::servers::add(&mut conn, &link, &machine_id, now).await?
            }
        };
        drop(conn);
        self.tell();
        Ok(id)
    }

    /// A server that has moved is known by its machine identifier, if it answers soon: a start must not wait for it.
    async fn machine_id(&self, new: &NewServer) -> String {
        match tokio::time::timeout(FIRST_CONTACT, self.test(new)).await {
            Ok(Ok(identity)) => identity.machine_id,
            Ok(Err(failure)) => {
                tracing::warn!(%failure, "the media server does not answer yet");
                String::new()
            }
            Err(_) => String::new(),
        }
    }

    async fn store(&self, new: &NewServer, machine_id: &str) -> Result<ServerId> {
        use secrecy::ExposeSecret as _;
        let now = self.clock.now();
        let link = Link {
            name: &new.name,
            url: &new.url,
            token: new.token.expose_secret(),
            verify_tls: new.verify_tls,
        };
        let mut conn = self.database.conn().await?;
        let added = conn
            .transaction(async |conn| tautulli_db::servers::add(conn, &link, machine_id, now).await)
            .await?;
        Ok(added)
    }

    async fn keep(&self, id: ServerId, identity: &ServerIdentity) -> Result<()> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::servers::identify(&mut conn, id, identity, self.clock.now()).await?)
    }

    /// Changes a server; a new address or token is tried first.
    pub async fn update(&self, id: ServerId, change: ServerChange) -> Result<Server> {
        use secrecy::ExposeSecret as _;
        let server = self.get(id).await?;
        let token = match &change.token {
            Some(token) => token.clone(),
            None => self.token(id).await?,
        };
        let wanted = NewServer {
            name: change.name.unwrap_or_else(|| server.name.clone()),
            url: change.url.unwrap_or_else(|| server.url.clone()),
            token,
            verify_tls: change.verify_tls.unwrap_or(server.verify_tls),
        };
        check_name(&wanted.name)?;
        let identity = self.test(&wanted).await?;
        if !server.machine_id.is_empty() && identity.machine_id != server.machine_id {
            return Err(Error::conflict(
                "Another server answers at this address; add it as a server of its own",
            ));
        }
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        let secret = change.token.as_ref().map(|t| t.expose_secret());
        let (name, url) = (&wanted.name, &wanted.url);
        tautulli_db::servers::relink(&mut conn, id, name, url, secret, wanted.verify_tls, now).await?;
        drop(conn);
        self.tell();
        self.get(id).await
    }

    /// Stops watching a server; its history stays.
    pub async fn remove(&self, id: ServerId) -> Result<()> {
        self.get(id).await?;
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        conn.transaction(async |conn| tautulli_db::servers::remove(conn, id, now).await).await?;
        drop(conn);
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        self.tell();
        Ok(())
    }

    /// Asks a server what it is and keeps the answer.
    pub async fn identify(&self, id: ServerId) -> Result<ServerIdentity> {
        let identity = self.client(id).await?.identity().await?;
        match self.keep(id, &identity).await {
            Err(failure) if failure.kind() == ErrorKind::Conflict => {
                if self.take_over(id, &identity.machine_id).await? {
                    return Err(Error::unavailable(
                        "Its history was here already and goes on under its own number",
                    ));
                }
                Err(Error::conflict(
                    "The same media server is watched under another address; remove one of the two",
                ))
            }
            other => other.map(|()| identity),
        }
    }

    /// Whether a server that answers for the first time is one whose history was imported: it is watched there from now on.
    async fn take_over(&self, silent: ServerId, machine_id: &str) -> Result<bool> {
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        let taken = conn
            .transaction(async |conn| tautulli_db::servers::take_over(conn, silent, machine_id, now).await)
            .await?;
        if taken {
            tracing::info!("the media server is the one whose history was imported; it goes on");
            self.tell();
        }
        Ok(taken)
    }

    /// Takes over the server's libraries; gives how many there are.
    pub async fn refresh_libraries(&self, id: ServerId) -> Result<usize> {
        let seen = self.client(id).await?.libraries().await?;
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        let count = conn
            .transaction(async |conn| tautulli_db::libraries::refresh(conn, id, &seen, now).await)
            .await?;
        Ok(count)
    }

    /// Takes over the server's users from plex.tv; gives how many there are.
    pub async fn refresh_users(&self, id: ServerId) -> Result<usize> {
        let server = self.get(id).await?;
        if server.machine_id.is_empty() {
            return Err(Error::unavailable("The server has not answered yet; try again in a moment"));
        }
        let seen = self.plex_tv(id).await?.users(&server.machine_id).await?;
        let now = self.clock.now();
        let mut conn = self.database.conn().await?;
        let refreshed =
            conn.transaction(async |conn| tautulli_db::users::refresh(conn, id, &seen, now).await).await?;
        if refreshed.are_shares_others {
            self.events.look_again(id);
        }
        Ok(refreshed.count)
    }

    fn tell(&self) {
        self.changed.send_modify(|revision| *revision += 1);
    }
}

/// An address of a media server, or what is wrong with it.
fn read_url(text: &str) -> Result<Url> {
    let example = "such as http://192.168.1.10:32400";
    if text.len() > MAX_URL {
        return Err(Error::invalid("The address is too long"));
    }
    let url = Url::parse(text.trim())
        .map_err(|_| Error::invalid(format!("Enter the server's address, {example}")))?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    if !is_web || !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid(format!(
            "The address must begin with http:// or https:// and a host, {example}"
        )));
    }
    Ok(url)
}

fn check_name(name: &str) -> Result<()> {
    if name.chars().count() > MAX_NAME {
        return Err(Error::invalid(format!("The name may have at most {MAX_NAME} characters")));
    }
    Ok(())
}
