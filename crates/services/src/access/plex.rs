//! Coming in by plex.tv (SEC-01): the owner as an administrator, those who share a server as guests, if they may.
//!
//! A code is made at plex.tv and the browser sent there; who approves it there is who comes in. The browser keeps a ticket for
//! the code, so that nobody else can pick up what was approved. Tokens of people are asked who they are and then forgotten.

use super::{Access, MAX_NAME, Origin, SignedIn, digest, token};
use crate::servers::Servers;
use crate::settings::Settings;
use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use tautulli_db::access::{Attempt, PlexPerson};
use tautulli_db::plex_pins::{self, NewPin};
use tautulli_db::users::Wanted;
use tautulli_domain::server::Server;
use tautulli_domain::viewer::Role;
use tautulli_domain::{Error, ErrorKind, Result, UserId};
use tautulli_plex::{PinState, PlexAccount, Resource};
use url::Url;

/// Where people approve a code.
const APPROVE: &str = "https://app.plex.tv/auth";
/// A code is good for so long, unless plex.tv says less.
const LIFE: Duration = Duration::minutes(15);
/// So many codes may wait for people of one address, and for all.
const MOST_WAITING: (i64, i64) = (20, 500);
const MAX_URL: usize = 2_000;

const OWNERS: &str = "http_plex_admin";
const GUESTS: &str = "allow_guest_access";

/// Who may come in by plex.tv.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlexWelcome {
    /// Owners of watched servers, as administrators.
    pub owners: bool,
    /// Users who are allowed to be guests.
    pub guests: bool,
}

impl PlexWelcome {
    pub(super) fn of(settings: &Settings) -> Self {
        Self { owners: settings.flag(OWNERS), guests: settings.flag(GUESTS) }
    }

    fn is_open(self) -> bool {
        self.owners || self.guests
    }
}

/// Somebody is on their way to plex.tv.
#[derive(Debug)]
pub struct SetOut {
    /// Where they approve.
    pub url: String,
    /// What the browser comes back with; nobody else has it.
    pub ticket: SecretString,
    pub expires_at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug)]
pub enum Arrival {
    /// Nobody has approved yet.
    Waiting,
    In(SignedIn),
}

/// The way in by plex.tv.
#[derive(Debug)]
pub struct PlexDoor {
    access: Arc<Access>,
    servers: Arc<Servers>,
    settings: Arc<Settings>,
}

impl PlexDoor {
    pub fn new(access: Arc<Access>, servers: Arc<Servers>, settings: Arc<Settings>) -> Self {
        Self { access, servers, settings }
    }

    /// Who may come in this way.
    pub fn welcome(&self) -> PlexWelcome {
        PlexWelcome::of(&self.settings)
    }

    /// Whether anybody may: there has to be a server too.
    pub async fn is_open(&self) -> Result<bool> {
        Ok(self.welcome().is_open() && self.servers.all().await?.iter().any(is_met))
    }

    /// Changes who may come in this way; what is absent stays. Whoever is in and may not be any more is out at once.
    pub async fn open(&self, owners: Option<bool>, guests: Option<bool>) -> Result<PlexWelcome> {
        for (key, may) in [(OWNERS, owners), (GUESTS, guests)] {
            if let Some(may) = may {
                self.settings.store(key, if may { "1" } else { "0" }).await?;
            }
        }
        Ok(self.welcome())
    }

    /// Asks plex.tv for a code. The browser comes back to `back` when it is approved.
    pub async fn set_out(&self, back: &str, origin: &Origin) -> Result<SetOut> {
        let back = read_back(back)?;
        if !self.is_open().await? {
            return Err(Error::new(ErrorKind::Forbidden, "Nobody signs in with Plex here"));
        }
        self.access.check_lockout(origin).await?;
        let now = self.access.clock.now();
        self.check_waiting(origin, now).await?;
        let pin = self.servers.plex_tv_of_strangers()?.create_pin().await?;
        let ticket = token::random(&self.access.entropy);
        let life = pin.expires_in_s.filter(|seconds| *seconds > 0).and_then(Duration::try_seconds);
        let expires_at = now + life.map_or(LIFE, |life| life.min(LIFE));
        let mut conn = self.access.database.conn().await?;
        let new = NewPin {
            digest: &digest(ticket.expose_secret()),
            pin_id: pin.id,
            address: &origin.address,
            created_at: now,
            expires_at,
        };
        plex_pins::add(&mut conn, &new).await?;
        let identity = self.servers.identity();
        let url = approval(&identity.client_identifier, &identity.product, &pin.code, &back);
        Ok(SetOut { url, ticket, expires_at })
    }

    async fn check_waiting(&self, origin: &Origin, now: DateTime<Utc>) -> Result<()> {
        let mut conn = self.access.database.conn().await?;
        let (theirs, all) = plex_pins::count(&mut conn, &origin.address, now).await?;
        if theirs < MOST_WAITING.0 && all < MOST_WAITING.1 {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Limited,
            "Too many sign-ins are waiting for Plex; try again in a quarter of an hour",
        ))
    }

    /// Whoever has approved the ticket's code comes in, once. Every attempt that plex.tv has a name for is kept.
    pub async fn arrive(&self, ticket: &SecretString, remember: bool, origin: &Origin) -> Result<Arrival> {
        let access = &self.access;
        access.check_lockout(origin).await?;
        let ticket = digest(ticket.expose_secret());
        let mut conn = access.database.conn().await?;
        let pin = plex_pins::find(&mut conn, &ticket, access.clock.now()).await?.ok_or_else(over)?;
        drop(conn);
        let theirs = match self.servers.plex_tv_of_strangers()?.poll_pin(pin).await? {
            PinState::Waiting => return Ok(Arrival::Waiting),
            PinState::Linked(theirs) => theirs,
            PinState::Expired => return Err(over()),
        };
        let tv = self.servers.plex_tv_as(&theirs)?;
        let (account, resources) = futures_util::try_join!(tv.account(), tv.resources())?;
        let mut conn = access.database.conn().await?;
        if !plex_pins::take(&mut conn, &ticket).await? {
            return Err(over());
        }
        drop(conn);
        let may = self.role_of(&account, &resources).await;
        let now = access.clock.now();
        let name = name_of(&account);
        let known = match may {
            Ok((role, user_id)) => {
                let person = PlexPerson { plex_account_id: account.id, username: &name, role, user_id };
                let mut conn = access.database.conn().await?;
                Ok(tautulli_db::access::welcome(&mut conn, &person, now).await?)
            }
            Err(error) => Err(error),
        };
        let attempt = Attempt {
            at: now,
            username: &name,
            address: &origin.address,
            agent: &origin.agent,
            success: known.is_ok(),
            account: known.as_ref().ok().map(|known| known.id),
            by_plex: true,
        };
        access.keep(attempt).await?;
        Ok(Arrival::In(access.open_session(&known?, remember, origin).await?))
    }

    /// What somebody may be here: what plex.tv says of their servers now counts, not what it said when users were read last.
    async fn role_of(&self, account: &PlexAccount, theirs: &[Resource]) -> Result<(Role, Option<UserId>)> {
        let welcome = self.welcome();
        let watched: Vec<Server> = self.servers.all().await?.into_iter().filter(is_met).collect();
        let of = |server: &Server| theirs.iter().find(|one| one.client_identifier == server.machine_id);
        if welcome.owners && watched.iter().any(|server| of(server).is_some_and(|one| one.owned)) {
            return Ok((Role::Admin, None));
        }
        let shared: Vec<&Server> = watched.iter().filter(|server| of(server).is_some()).collect();
        if shared.is_empty() {
            return Err(forbidden(
                "This Plex account has no access to the media server that is watched here",
            ));
        }
        let mut conn = self.access.database.conn().await?;
        let wanted = Wanted { accounts: Some(vec![account.id]), ..Wanted::default() };
        let users = tautulli_db::users::list(&mut conn, &wanted, 100).await?;
        let guest = users.iter().find(|user| {
            user.allow_guest && !user.deleted && shared.iter().any(|server| server.id == user.server_id)
        });
        match guest {
            Some(user) if welcome.guests => Ok((Role::Guest, Some(user.id))),
            Some(_) => Err(forbidden("Guests may not come in here; ask the owner of the media server")),
            None => {
                Err(forbidden("You may not come in here as a guest yet; ask the owner of the media server"))
            }
        }
    }
}

/// A server that has told who it is.
fn is_met(server: &Server) -> bool {
    !server.machine_id.is_empty()
}

/// What the account is called, as far as a name may go here.
fn name_of(account: &PlexAccount) -> String {
    let name = if account.username.is_empty() { &account.title } else { &account.username };
    name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect()
}

fn forbidden(why: &str) -> Error {
    Error::new(ErrorKind::Forbidden, why)
}

fn over() -> Error {
    Error::new(ErrorKind::Unauthenticated, "This way in is over or was used already; sign in with Plex again")
}

/// Where a browser may be sent back to.
fn read_back(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|_| text.len() <= MAX_URL);
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
        .ok_or_else(|| Error::invalid("The address to come back to must be one of this page"))
}

/// The page at which a code is approved. All of it stands behind the `#`, so that it is not sent along to anybody.
fn approval(client: &str, product: &str, code: &str, back: &Url) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("clientID", client)
        .append_pair("code", code)
        .append_pair("context[device][product]", product)
        .append_pair("forwardUrl", back.as_str())
        .finish();
    format!("{APPROVE}#?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_come_back_to() {
        for good in ["http://nas:8181/sign-in?by=plex", "https://example.test/tautulli/sign-in"] {
            assert!(read_back(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "/sign-in",
            "data:text/html,x",
            "ftp://nas/",
            &"http://a/".repeat(300),
        ] {
            assert_eq!(read_back(bad).unwrap_err().kind(), ErrorKind::Invalid, "{bad}");
        }
    }

    #[test]
    fn nothing_of_a_code_can_be_another_part_of_the_address() {
        let back = Url::parse("https://example.test/sign-in?a=1&b=2").unwrap();
        assert_eq!(
            approval("me&you", "Taut", "c#d", &back),
            "https://app.plex.tv/auth#?clientID=me%26you&code=c%23d&context%5Bdevice%5D%5Bproduct%5D=Taut&\
             forwardUrl=https%3A%2F%2Fexample.test%2Fsign-in%3Fa%3D1%26b%3D2"
        );
    }
}
