//! Coming in by plex.tv (SEC-01): the owner as an administrator, those who share a server as guests, if they may.
//!
//! Who approves a code at plex.tv is who comes in. Tokens of people are asked who they are and what they may use, and then
//! forgotten; who owns a server was told to the token that the service has for it.

use super::pins::{Approval, Pins, SetOut};
use super::{Access, Account, MAX_NAME, Origin, SignedIn};
use crate::servers::Servers;
use crate::settings::Settings;
use secrecy::SecretString;
use std::sync::Arc;
use tautulli_db::Conn;
use tautulli_db::access::{Attempt, PlexPerson};
use tautulli_db::users::Wanted;
use tautulli_domain::server::{Server, User};
use tautulli_domain::viewer::Role;
use tautulli_domain::{Error, ErrorKind, Result, UserId};
use tautulli_plex::{PlexAccount, Resource};

const OWNERS: &str = "http_plex_admin";
const GUESTS: &str = "allow_guest_access";
/// An account is one user of each server.
const MOST_SERVERS: i64 = 100;

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

    /// What somebody may be here.
    async fn role_of(&self, account: &PlexAccount, theirs: &[Resource]) -> Result<(Role, Option<UserId>)> {
        let watched = self.servers.all().await?;
        let mut conn = self.access.database.conn().await?;
        let users = users_of(&mut conn, account.id).await?;
        let theirs: Vec<&str> = theirs.iter().map(|one| one.client_identifier.as_str()).collect();
        judge(self.welcome(), &users, &theirs, &watched)
    }
}

impl Access {
    /// Whether somebody who came in may still be here: whom plex.tv vouched for may be unwelcome since.
    pub(super) async fn is_still_welcome(&self, conn: &mut Conn, account: &Account) -> Result<bool> {
        let Some(plex_account) = account.plex_account_id else { return Ok(true) };
        let welcome = PlexWelcome::of(&self.settings);
        let users = users_of(conn, plex_account).await?;
        Ok(match account.role {
            Role::Admin => welcome.owners && users.iter().any(User::is_owner),
            Role::Guest => {
                let own = |user: &User| Some(user.id) == account.user_id && user.may_be_guest();
                welcome.guests && users.iter().any(own)
            }
        })
    }
}

/// The users of watched servers that a plex.tv account is.
async fn users_of(conn: &mut Conn, plex_account: i64) -> Result<Vec<User>> {
    let wanted = Wanted { accounts: Some(vec![plex_account]), ..Wanted::default() };
    Ok(tautulli_db::users::list(conn, &wanted, MOST_SERVERS).await?)
}

/// What somebody may be: `users` is who they are on the `watched` servers, `theirs` the machines that plex.tv says they may use now.
///
/// What they may use proves that they still may, and nothing more: a machine identifier is no secret, and a server of somebody
/// else may call itself by it. Who the owner is has been told to our own token.
fn judge(
    welcome: PlexWelcome,
    users: &[User],
    theirs: &[&str],
    watched: &[Server],
) -> Result<(Role, Option<UserId>)> {
    let reach = |server: &Server| theirs.contains(&server.machine_id.as_str());
    let within: Vec<&Server> = watched.iter().filter(|server| is_met(server) && reach(server)).collect();
    if within.is_empty() {
        return Err(forbidden("This Plex account has no access to the media server that is watched here"));
    }
    let mut there = users.iter().filter(|user| within.iter().any(|server| server.id == user.server_id));
    if welcome.owners && there.clone().any(User::is_owner) {
        return Ok((Role::Admin, None));
    }
    match there.find(|user| user.may_be_guest()) {
        Some(user) if welcome.guests => Ok((Role::Guest, Some(user.id))),
        Some(_) => Err(forbidden("Guests may not come in here; ask the owner of the media server")),
        None => Err(forbidden("You may not come in here as a guest yet; ask the owner of the media server")),
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use tautulli_domain::ServerId;
    use tautulli_domain::server::ShareFilters;

    fn server(machine_id: &str) -> Server {
        Server {
            id: ServerId(1),
            name: "Attic".to_owned(),
            machine_id: machine_id.to_owned(),
            url: String::new(),
            verify_tls: true,
            version: String::new(),
            platform: String::new(),
            plex_pass: false,
            is_default: true,
            link_revision: 0,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn user(is_admin: bool, allow_guest: bool) -> User {
        User {
            id: UserId(7),
            server_id: ServerId(1),
            account_id: 100,
            username: "dana".to_owned(),
            title: String::new(),
            custom_name: String::new(),
            email: String::new(),
            thumb: String::new(),
            custom_thumb: String::new(),
            is_active: true,
            is_admin,
            is_home_user: false,
            is_allow_sync: false,
            is_restricted: false,
            is_told: true,
            do_notify: true,
            keep_history: true,
            allow_guest,
            deleted: false,
            shared_sections: Vec::new(),
            share_filters: ShareFilters::default(),
        }
    }

    const ALL: PlexWelcome = PlexWelcome { owners: true, guests: true };

    #[test]
    fn a_server_that_calls_itself_by_the_name_of_ours_makes_nobody_its_owner() {
        let may = |users: &[User]| judge(ALL, users, &["attic"], &[server("attic")]);
        assert_eq!(may(&[user(true, false)]).unwrap(), (Role::Admin, None));
        assert_eq!(may(&[user(false, true)]).unwrap(), (Role::Guest, Some(UserId(7))));
        for nobody in [vec![], vec![user(false, false)], vec![User { is_told: false, ..user(true, false) }]] {
            assert_eq!(may(&nobody).unwrap_err().kind(), ErrorKind::Forbidden);
        }
        let elsewhere = User { server_id: ServerId(2), ..user(true, true) };
        assert_eq!(may(&[elsewhere]).unwrap_err().kind(), ErrorKind::Forbidden);
    }

    #[test]
    fn whoever_plex_lets_in_no_more_is_out() {
        for theirs in [vec![], vec!["cellar"], vec![""]] {
            let may = judge(ALL, &[user(true, true)], &theirs, &[server("attic"), server("")]);
            assert_eq!(may.unwrap_err().kind(), ErrorKind::Forbidden);
        }
        let theirs = ["attic"];
        for gone in
            [User { is_active: false, ..user(false, true) }, User { deleted: true, ..user(true, true) }]
        {
            assert!(judge(ALL, &[gone], &theirs, &[server("attic")]).is_err());
        }
        let owners = PlexWelcome { owners: true, guests: false };
        assert!(judge(owners, &[user(false, true)], &theirs, &[server("attic")]).is_err());
        let guests = PlexWelcome { owners: false, guests: true };
        assert_eq!(judge(guests, &[user(true, true)], &theirs, &[server("attic")]).unwrap().0, Role::Guest);
    }
}
