//! Who may come in: the first administrator, signing in and out. Knows no cookies and no headers.

mod keys;
mod password;
pub(crate) mod pins;
mod plex;
mod token;

pub use keys::KeyWish;
pub use pins::SetOut;
pub use plex::{Arrival, PlexDoor, PlexWelcome};
pub use tautulli_db::access::ApiKey as IssuedKey;
pub use token::ISSUED_KEY_PREFIX;

use crate::Entropy;
use crate::settings::Settings;
use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tautulli_db::access::{Account, Attempt, NewWebSession};
use tautulli_db::{AsyncConnection, Database};
use tautulli_domain::sign_in::SignIn;
use tautulli_domain::viewer::{Credential, Role, Scope, Viewer};
use tautulli_domain::{Error, ErrorKind, Result, ServerId, SharedClock, UserId};

/// Limits of signing in (SEC-03).
#[derive(Debug, Clone, Copy)]
pub struct LoginLimits {
    pub attempts: i64,
    pub within: Duration,
    pub lockout: Duration,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self { attempts: 10, within: Duration::seconds(300), lockout: Duration::seconds(300) }
    }
}

/// The administrator of a demo, whom everybody may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    pub username: String,
    pub password: String,
}

/// Where a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub address: String,
    pub agent: String,
}

/// A fresh browser session: the cookie's value, shown once.
#[derive(Debug)]
pub struct SignedIn {
    pub token: SecretString,
    pub expires_at: DateTime<Utc>,
}

/// Access to the service.
#[derive(Debug)]
pub struct Access {
    database: Database,
    clock: SharedClock,
    entropy: Arc<Entropy>,
    settings: Arc<Settings>,
    limits: LoginLimits,
    /// A digest of the key given in the environment.
    environment_key: Option<[u8; 32]>,
    /// A digest of the one-time token that allows the first administrator to be made.
    setup: std::sync::Mutex<Option<[u8; 32]>>,
    /// One password is checked at a time: checking is costly by design.
    checking: tokio::sync::Semaphore,
}

const MAX_NAME: usize = 100;
const MIN_PASSWORD: usize = 8;
const MAX_PASSWORD: usize = 1_000;
const MAX_SIGN_INS: i64 = 10_000;
/// Without and with "remember me" (SEC-02).
const SHORT: Duration = Duration::minutes(60);
const LONG: Duration = Duration::days(30);

impl Access {
    pub fn new(
        database: Database,
        clock: SharedClock,
        entropy: Arc<Entropy>,
        settings: Arc<Settings>,
        limits: LoginLimits,
        environment_key: Option<&SecretString>,
    ) -> Self {
        Self {
            database,
            clock,
            entropy,
            settings,
            limits,
            environment_key: environment_key
                .filter(|k| !k.expose_secret().is_empty())
                .map(|k| digest(k.expose_secret())),
            setup: std::sync::Mutex::new(None),
            checking: tokio::sync::Semaphore::new(2),
        }
    }

    /// Whether the first administrator is still to be made.
    pub async fn needs_setup(&self) -> Result<bool> {
        let mut conn = self.database.conn().await?;
        Ok(!tautulli_db::access::has_admin(&mut conn).await?)
    }

    /// A one-time token for making the first administrator, for the log of a first start.
    pub fn issue_setup_token(&self) -> SecretString {
        let token = token::random(&self.entropy);
        *self.setup.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
            Some(digest(token.expose_secret()));
        token
    }

    /// Makes the first administrator with the setup token.
    pub async fn set_up(&self, setup: &SecretString, username: &str, password: &SecretString) -> Result<()> {
        let wanted = *self.setup.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if wanted.is_none_or(|wanted| !token::equal(&wanted, &digest(setup.expose_secret()))) {
            return Err(Error::new(
                ErrorKind::Forbidden,
                "The setup token is wrong or used up; the log of the last start shows the right one",
            ));
        }
        self.make_first_admin(username, password).await?;
        *self.setup.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        Ok(())
    }

    /// Makes the first administrator, or, for one given by the environment, sets its password anew.
    pub async fn provide_admin(&self, username: &str, password: &SecretString) -> Result<()> {
        let mut conn = self.database.conn().await?;
        let known = tautulli_db::access::by_username(&mut conn, username).await?;
        drop(conn);
        match known {
            Some(account) if self.matches(password, &account.password_hash).await? => Ok(()),
            Some(account) => {
                let hash = self.hash(password).await?;
                let mut conn = self.database.conn().await?;
                Ok(tautulli_db::access::set_password(&mut conn, account.id, &hash).await?)
            }
            None => {
                check_account(username, password)?;
                let hash = self.hash(password).await?;
                let mut conn = self.database.conn().await?;
                let now = self.clock.now();
                tautulli_db::access::add_account(&mut conn, username.trim(), &hash, Role::Admin, now).await?;
                Ok(())
            }
        }
    }

    async fn make_first_admin(&self, username: &str, password: &SecretString) -> Result<()> {
        check_account(username, password)?;
        let hash = self.hash(password).await?;
        let (now, name) = (self.clock.now(), username.trim());
        let mut conn = self.database.conn().await?;
        let made = conn
            .transaction(async |conn| tautulli_db::access::add_first_admin(conn, name, &hash, now).await)
            .await?;
        made.map(|_| ()).ok_or_else(|| Error::conflict("There is an administrator already; sign in instead"))
    }

    /// Signs in. Every attempt is kept; too many failures from one address lock it for a while.
    pub async fn sign_in(
        &self,
        username: &str,
        password: &SecretString,
        remember: bool,
        origin: &Origin,
    ) -> Result<SignedIn> {
        self.check_lockout(origin).await?;
        let mut conn = self.database.conn().await?;
        let account = tautulli_db::access::by_username(&mut conn, username.trim()).await?;
        drop(conn);
        // An unknown name costs as much time as a wrong password.
        let hash = account.as_ref().map_or(password::NOBODY, |a| a.password_hash.as_str());
        let matches = self.matches(password, hash).await?;
        let known = account.filter(|_| matches);
        self.keep_attempt(username, origin, known.is_some()).await?;
        let Some(account) = known else {
            return Err(Error::new(ErrorKind::Unauthenticated, "The user name or the password is wrong"));
        };
        self.open_session(&account, remember, origin).await
    }

    async fn open_session(&self, account: &Account, remember: bool, origin: &Origin) -> Result<SignedIn> {
        let token = token::random(&self.entropy);
        let created_at = self.clock.now();
        let expires_at = created_at + if remember { LONG } else { SHORT };
        let session = NewWebSession {
            digest: &digest(token.expose_secret()),
            account_id: account.id,
            created_at,
            expires_at,
            address: &origin.address,
            agent: &origin.agent,
        };
        let mut conn = self.database.conn().await?;
        tautulli_db::access::add_web_session(&mut conn, &session).await?;
        Ok(SignedIn { token, expires_at })
    }

    async fn check_lockout(&self, origin: &Origin) -> Result<()> {
        let now = self.clock.now();
        let since = now - self.limits.within.max(self.limits.lockout);
        let mut conn = self.database.conn().await?;
        let (failures, last) = tautulli_db::access::failures(&mut conn, &origin.address, since).await?;
        let until = last.map(|at| at + self.limits.lockout).filter(|until| *until > now);
        match until {
            Some(until) if failures >= self.limits.attempts => {
                let seconds = (until - now).num_seconds().max(1);
                Err(Error::new(
                    ErrorKind::Limited,
                    format!("Too many failed attempts; try again in {seconds} seconds"),
                ))
            }
            _ => Ok(()),
        }
    }

    async fn keep_attempt(&self, username: &str, origin: &Origin, success: bool) -> Result<()> {
        let username: String = username.chars().filter(|c| *c != '\0').take(MAX_NAME).collect();
        let at = self.clock.now();
        let Origin { address, agent } = origin;
        self.keep(Attempt { at, username: &username, address, agent, success, account: None, by_plex: false })
            .await
    }

    async fn keep(&self, attempt: Attempt<'_>) -> Result<()> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::access::add_attempt(&mut conn, &attempt).await?)
    }

    /// Ends the browser session of a cookie; an unknown one is ended already.
    pub async fn sign_out(&self, token: &SecretString) -> Result<()> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::access::end_web_session(&mut conn, &digest(token.expose_secret())).await?)
    }

    /// Who a cookie belongs to; `None` for one that is unknown or over.
    pub async fn by_cookie(&self, token: &SecretString) -> Result<Option<Viewer>> {
        let mut conn = self.database.conn().await?;
        let digest = digest(token.expose_secret());
        let Some(account) = tautulli_db::access::by_web_session(&mut conn, &digest, self.clock.now()).await?
        else {
            return Ok(None);
        };
        if !self.is_still_welcome(&mut conn, &account).await? {
            return Ok(None);
        }
        let user = user_of(&mut conn, account.user_id).await?;
        let credential = Credential::Session { account_id: account.id, name: account.username };
        Ok(Some(Viewer { role: account.role, credential, user, scope: Scope::Full, libraries: None }))
    }

    /// The newest sign-ins, of accounts or of all, and how many there are altogether.
    pub async fn sign_ins(&self, accounts: Option<&[i64]>) -> Result<(Vec<SignIn>, i64)> {
        let mut conn = self.database.conn().await?;
        let found = tautulli_db::sign_ins::list(&mut conn, accounts, MAX_SIGN_INS).await?;
        Ok((found, tautulli_db::sign_ins::count(&mut conn).await?))
    }

    /// Ends the browser sessions that these sign-ins began; how many there were.
    pub async fn end_sign_ins(&self, rows: &[i64]) -> Result<usize> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::sign_ins::end(&mut conn, rows).await?)
    }

    /// Forgets all sign-ins. What they opened stays open.
    pub async fn clear_sign_ins(&self) -> Result<()> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::sign_ins::clear(&mut conn).await?)
    }

    async fn hash(&self, password: &SecretString) -> Result<String> {
        let (password, salt) = (password.clone(), self.entropy.bytes());
        let _turn = self.checking.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || password::hash(&password, salt)).await.map_err(Error::internal)?
    }

    async fn matches(&self, password: &SecretString, hash: &str) -> Result<bool> {
        let (password, hash) = (password.clone(), hash.to_owned());
        let _turn = self.checking.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || password::matches(&password, &hash))
            .await
            .map_err(Error::internal)
    }
}

async fn user_of(conn: &mut tautulli_db::Conn, id: Option<UserId>) -> Result<Option<(ServerId, UserId)>> {
    let Some(id) = id else { return Ok(None) };
    let users = tautulli_db::users::by_ids(conn, &[id]).await?;
    Ok(users.first().map(|user| (user.server_id, user.id)))
}

fn check_account(username: &str, password: &SecretString) -> Result<()> {
    let name = username.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(Error::invalid(format!("Choose a user name of 1 to {MAX_NAME} characters")));
    }
    let length = password.expose_secret().chars().count();
    if !(MIN_PASSWORD..=MAX_PASSWORD).contains(&length) {
        return Err(Error::invalid(format!("Choose a password of at least {MIN_PASSWORD} characters")));
    }
    Ok(())
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
