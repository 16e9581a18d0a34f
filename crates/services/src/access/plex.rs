//! Coming in by plex.tv (SEC-01): the owner as an administrator, those who share a server as guests, if they may.
//!
//! Who approves a code at plex.tv is who comes in. Tokens of people are asked who they are and then forgotten.

use super::pins::{Approval, Pins, SetOut};
use super::{Access, MAX_NAME, Origin, SignedIn};
use crate::servers::Servers;
use crate::settings::Settings;
use secrecy::SecretString;
use std::sync::Arc;
use tautulli_db::access::{Attempt, PlexPerson};
use tautulli_db::users::Wanted;
use tautulli_domain::server::Server;
use tautulli_domain::viewer::Role;
use tautulli_domain::{Error, ErrorKind, Result, UserId};
use tautulli_plex::{PlexAccount, Resource};

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
    pins: Pins,
    servers: Arc<Servers>,
    settings: Arc<Settings>,
}

impl PlexDoor {
    pub fn new(access: Arc<Access>, servers: Arc<Servers>, settings: Arc<Settings>) -> Self {
        let pins = Pins::new(access.clone(), servers.clone());
        Self { access, pins, servers, settings }
    }

    /// Who may come in this way.
    pub fn welcome(&self) -> PlexWelcome {
        PlexWelcome::of(&self.settings)
    }

    /// Whether anybody may: there has to be a server too.
    pub async fn is_open(&self) -> Result<bool> {
        Ok(self.welcome().is_open() && self.servers.all().await?.iter().any(is_met))
    }

    /// Changes who may come in this way; what is absent stays. Whoever is in and may not be any more is out with the next request.
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
        if self.is_open().await? {
            return self.pins.set_out(back, origin).await;
        }
        Err(forbidden("Nobody signs in with Plex here"))
    }

    /// Whoever has approved the ticket's code comes in, once. Every attempt that plex.tv has a name for is kept.
    pub async fn arrive(&self, ticket: &SecretString, remember: bool, origin: &Origin) -> Result<Arrival> {
        let access = &self.access;
        access.check_lockout(origin).await?;
        let Approval::By(theirs) = self.pins.look(ticket).await? else {
            return Ok(Arrival::Waiting);
        };
        let tv = self.servers.plex_tv_as(&theirs)?;
        let (account, resources) = futures_util::try_join!(tv.account(), tv.resources())?;
        self.pins.end(ticket).await?;
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
