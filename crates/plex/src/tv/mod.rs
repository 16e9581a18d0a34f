//! plex.tv: accounts, who may use a server, where servers are, and signing in. Knows the paths; reading is below.

mod account;
mod facts;
mod pins;
mod resources;
mod users;

pub use account::PlexAccount;
pub use pins::{Pin, PinState};
pub use resources::{Resource, ResourceConnection};

use crate::Identity;
use crate::error::{Party, PlexError, Problem};
use crate::http::{Ask, METADATA_LIMIT, Settings, Transport};
use secrecy::SecretString;
use std::time::Duration;
use tautulli_domain::server::ObservedAccount;
use url::Url;

/// Where plex.tv is, unless somebody stands in for it.
pub const PLEX_TV: &str = "https://plex.tv";

/// plex.tv, with or without a token.
#[derive(Debug)]
pub struct PlexTv {
    transport: Transport,
}

impl PlexTv {
    /// `base` is [`PLEX_TV`] but in tests; without a token only pins can be made and polled.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when the address or the token cannot be used at all.
    pub fn new(
        base: &Url,
        token: Option<&SecretString>,
        identity: &Identity,
        timeout: Duration,
        seed: u64,
    ) -> Result<Self, PlexError> {
        let settings =
            Settings { party: Party::PlexTv, base: base.clone(), token, verify_tls: true, timeout, seed };
        Ok(Self { transport: Transport::new(settings, identity)? })
    }

    /// The account that the token belongs to.
    pub async fn account(&self) -> Result<PlexAccount, PlexError> {
        let root = self.transport.tree(&Ask::get("/users/account")).await?;
        account::read(&root).ok_or_else(|| self.unreadable("/users/account"))
    }

    /// Everyone who may use the server: its owner first, then friends and home users in plex.tv's order.
    ///
    /// The token must be the owner's.
    pub async fn users(&self, machine_id: &str) -> Result<Vec<ObservedAccount>, PlexError> {
        let shares = format!("/api/servers/{machine_id}/shared_servers");
        if !machine_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') || machine_id.is_empty() {
            return Err(self.transport.error(Problem::Invalid, "a machine identifier with odd characters"));
        }
        let owner = self.account().await?;
        let friends = self.transport.tree(&Ask::get("/api/users").limit(METADATA_LIMIT)).await?;
        let shares = self.transport.tree(&Ask::get(shares).limit(METADATA_LIMIT)).await?;
        for root in [&friends, &shares] {
            if root.name() != "MediaContainer" {
                return Err(self.unreadable("/api/users"));
            }
        }
        Ok(users::read(&owner, &friends, &shares))
    }

    /// Whether the token is good. Only [`Problem::TokenRefused`] says that it is not: no answer proves nothing.
    pub async fn ping(&self) -> Result<(), PlexError> {
        self.transport.fetch(&Ask::get("/api/v2/ping")).await.map(drop)
    }

    /// The servers that the account may use, with their addresses, best first.
    pub async fn resources(&self) -> Result<Vec<Resource>, PlexError> {
        let ask = Ask::get("/api/v2/resources").query("includeHttps", 1).query("includeRelay", 1).json();
        Ok(resources::read(&self.transport.tree(&ask.limit(METADATA_LIMIT)).await?))
    }

    /// Asks for a code that a person enters or approves at plex.tv.
    pub async fn create_pin(&self) -> Result<Pin, PlexError> {
        let ask = Ask::post("/api/v2/pins").query("strong", true).json().without_token();
        pins::read(&self.transport.tree(&ask).await?).ok_or_else(|| self.unreadable("/api/v2/pins"))
    }

    /// Whether a person has approved the pin by now.
    pub async fn poll_pin(&self, id: i64) -> Result<PinState, PlexError> {
        match self.transport.tree(&Ask::get(format!("/api/v2/pins/{id}")).json().without_token()).await {
            Ok(root) => Ok(pins::state(&root)),
            Err(error) if error.is_not_found() => Ok(PinState::Expired),
            Err(error) => Err(error),
        }
    }

    fn unreadable(&self, path: &str) -> PlexError {
        self.transport.error(Problem::Malformed, format_args!("{path}: not the answer that was asked for"))
    }
}

#[cfg(test)]
mod tests;
