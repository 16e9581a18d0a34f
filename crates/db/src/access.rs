//! Accounts, browser sessions, API keys and sign-in attempts. Secrets are digests here, never the thing itself.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::{accounts, api_keys, login_attempts, web_sessions};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::viewer::{Role, Scope};
use tautulli_domain::{AccountId, ApiKeyId, LibraryId, UserId};

/// Someone who can sign in.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: AccountId,
    pub username: String,
    pub password_hash: String,
    pub role: Role,
    pub user_id: Option<UserId>,
    /// The plex.tv account of whoever comes in by plex.tv; they have no password here.
    pub plex_account_id: Option<i64>,
}

/// A key as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    pub prefix: String,
    pub role: Role,
    pub user_id: Option<UserId>,
    pub scope: Scope,
    /// The only libraries that it knows of, where it is limited to some.
    pub libraries: Option<Vec<LibraryId>>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

type AccountRow = (i64, String, String, String, Option<i64>, Option<i64>);

macro_rules! account_columns {
    () => {
        (
            accounts::id,
            accounts::username,
            accounts::password_hash,
            accounts::role,
            accounts::user_id,
            accounts::plex_account_id,
        )
    };
}

fn account((id, username, password_hash, role, user_id, plex_account_id): AccountRow) -> Account {
    // An unknown role has the least power.
    let role = Role::parse(&role).unwrap_or(Role::Guest);
    let (id, user_id) = (AccountId(id), user_id.map(UserId));
    Account { id, username, password_hash, role, user_id, plex_account_id }
}

pub async fn has_admin(conn: &mut Conn) -> DbResult<bool> {
    let admins: i64 =
        accounts::table.filter(accounts::role.eq(Role::Admin.name())).count().get_result(conn).await?;
    Ok(admins > 0)
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

/// The account with a password of that name.
pub async fn by_username(conn: &mut Conn, username: &str) -> DbResult<Option<Account>> {
    let row: Option<AccountRow> = accounts::table
        .filter(lower(accounts::username).eq(lower(username)).and(accounts::plex_account_id.is_null()))
        .select(account_columns!())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(account))
}

/// Makes an account; a name that is taken is a conflict.
pub async fn add_account(
    conn: &mut Conn,
    username: &str,
    password_hash: &str,
    role: Role,
    now: DateTime<Utc>,
) -> DbResult<AccountId> {
    let id = diesel::insert_into(accounts::table)
        .values((
            accounts::username.eq(username),
            accounts::password_hash.eq(password_hash),
            accounts::role.eq(role.name()),
            accounts::created_at.eq(now),
        ))
        .returning(accounts::id)
        .get_result(conn)
        .await?;
    Ok(AccountId(id))
}

/// Makes the first administrator, unless there is one: two first starts cannot both win.
pub async fn add_first_admin(
    conn: &mut Conn,
    username: &str,
    password_hash: &str,
    now: DateTime<Utc>,
) -> DbResult<Option<AccountId>> {
    diesel::sql_query("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE").execute(conn).await?;
    if has_admin(conn).await? {
        return Ok(None);
    }
    add_account(conn, username, password_hash, Role::Admin, now).await.map(Some)
}

/// Somebody whom plex.tv has vouched for.
pub struct PlexPerson<'a> {
    pub plex_account_id: i64,
    pub username: &'a str,
    pub role: Role,
    /// Whose plays a guest sees.
    pub user_id: Option<UserId>,
}

/// The account of somebody who comes in by plex.tv: made, or brought up to date with what they are now.
pub async fn welcome(conn: &mut Conn, person: &PlexPerson<'_>, now: DateTime<Utc>) -> DbResult<Account> {
    let PlexPerson { plex_account_id, username, role, user_id } = person;
    let is = (
        accounts::username.eq(username),
        accounts::role.eq(role.name()),
        accounts::user_id.eq(user_id.map(|user| user.0)),
    );
    let row: AccountRow = diesel::insert_into(accounts::table)
        .values((
            is,
            // No password has this digest.
            accounts::password_hash.eq(""),
            accounts::plex_account_id.eq(plex_account_id),
            accounts::created_at.eq(now),
        ))
        .on_conflict(accounts::plex_account_id)
        .do_update()
        .set(is)
        .returning(account_columns!())
        .get_result(conn)
        .await?;
    Ok(account(row))
}

pub async fn set_password(conn: &mut Conn, id: AccountId, password_hash: &str) -> DbResult<()> {
    diesel::update(accounts::table.find(id.0))
        .set(accounts::password_hash.eq(password_hash))
        .execute(conn)
        .await?;
    Ok(())
}

/// A new browser session, by the digest of its cookie.
pub struct NewWebSession<'a> {
    pub digest: &'a [u8],
    pub account_id: AccountId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub address: &'a str,
    pub agent: &'a str,
}

pub async fn add_web_session(conn: &mut Conn, new: &NewWebSession<'_>) -> DbResult<()> {
    diesel::delete(web_sessions::table.filter(web_sessions::expires_at.lt(new.created_at)))
        .execute(conn)
        .await?;
    diesel::insert_into(web_sessions::table)
        .values((
            web_sessions::digest.eq(new.digest),
            web_sessions::account_id.eq(new.account_id.0),
            web_sessions::created_at.eq(new.created_at),
            web_sessions::expires_at.eq(new.expires_at),
            web_sessions::address.eq(new.address),
            web_sessions::agent.eq(new.agent),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whose cookie this is, while it is valid.
pub async fn by_web_session(conn: &mut Conn, digest: &[u8], now: DateTime<Utc>) -> DbResult<Option<Account>> {
    let row: Option<AccountRow> = web_sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(web_sessions::account_id)))
        .filter(web_sessions::digest.eq(digest).and(web_sessions::expires_at.gt(now)))
        .select(account_columns!())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(account))
}

pub async fn end_web_session(conn: &mut Conn, digest: &[u8]) -> DbResult<()> {
    diesel::delete(web_sessions::table.find(digest)).execute(conn).await?;
    Ok(())
}

type KeyRow = (
    i64,
    String,
    String,
    String,
    Option<i64>,
    String,
    Option<Vec<i64>>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

fn key(row: KeyRow) -> ApiKey {
    let (id, name, prefix, role, user_id, scope, libraries, created_at, last_used_at, revoked_at) = row;
    // What is unknown has the least power.
    let role = Role::parse(&role).unwrap_or(Role::Guest);
    let scope = Scope::parse(&scope).unwrap_or(Scope::Activity);
    ApiKey {
        scope,
        libraries: libraries.map(|ids| ids.into_iter().map(LibraryId).collect()),
        id: ApiKeyId(id),
        name,
        prefix,
        role,
        user_id: user_id.map(UserId),
        created_at,
        last_used_at,
        revoked_at,
    }
}

macro_rules! key_columns {
    () => {
        (
            api_keys::id,
            api_keys::name,
            api_keys::prefix,
            api_keys::role,
            api_keys::user_id,
            api_keys::scope,
            api_keys::library_ids,
            api_keys::created_at,
            api_keys::last_used_at,
            api_keys::revoked_at,
        )
    };
}

/// A new key, by the digest of its text.
pub struct NewKey<'a> {
    pub name: &'a str,
    pub prefix: &'a str,
    pub digest: &'a [u8],
    pub role: Role,
    pub user: Option<UserId>,
    pub scope: Scope,
    pub libraries: Option<&'a [LibraryId]>,
}

pub async fn add_key(conn: &mut Conn, new: &NewKey<'_>, now: DateTime<Utc>) -> DbResult<ApiKey> {
    let libraries: Option<Vec<i64>> = new.libraries.map(|ids| ids.iter().map(|id| id.0).collect());
    let row: KeyRow = diesel::insert_into(api_keys::table)
        .values((
            api_keys::name.eq(new.name),
            api_keys::prefix.eq(new.prefix),
            api_keys::digest.eq(new.digest),
            api_keys::role.eq(new.role.name()),
            api_keys::user_id.eq(new.user.map(|u| u.0)),
            api_keys::scope.eq(new.scope.name()),
            api_keys::library_ids.eq(libraries),
            api_keys::created_at.eq(now),
        ))
        .returning(key_columns!())
        .get_result(conn)
        .await?;
    Ok(key(row))
}

/// Keys, newest first, revoked ones too.
pub async fn keys(conn: &mut Conn, limit: i64) -> DbResult<Vec<ApiKey>> {
    let rows: Vec<KeyRow> =
        api_keys::table.order(api_keys::id.desc()).limit(limit).select(key_columns!()).load(conn).await?;
    Ok(rows.into_iter().map(key).collect())
}

/// The valid key with this digest. Its last use is noted at most once a minute.
pub async fn by_key(conn: &mut Conn, digest: &[u8], now: DateTime<Utc>) -> DbResult<Option<ApiKey>> {
    let row: Option<KeyRow> = api_keys::table
        .filter(api_keys::digest.eq(digest).and(api_keys::revoked_at.is_null()))
        .select(key_columns!())
        .first(conn)
        .await
        .optional()?;
    let Some(found) = row.map(key) else { return Ok(None) };
    if found.last_used_at.is_none_or(|at| now - at > chrono::Duration::seconds(60)) {
        diesel::update(api_keys::table.find(found.id.0))
            .set(api_keys::last_used_at.eq(now))
            .execute(conn)
            .await?;
    }
    Ok(Some(found))
}

/// Revokes a key; gives it, or `None` where there is no such valid key.
pub async fn revoke_key(conn: &mut Conn, id: ApiKeyId, now: DateTime<Utc>) -> DbResult<Option<ApiKey>> {
    let row: Option<KeyRow> =
        diesel::update(api_keys::table.filter(api_keys::id.eq(id.0).and(api_keys::revoked_at.is_null())))
            .set(api_keys::revoked_at.eq(now))
            .returning(key_columns!())
            .get_result(conn)
            .await
            .optional()?;
    Ok(row.map(key))
}

/// One attempt to sign in.
pub struct Attempt<'a> {
    pub at: DateTime<Utc>,
    pub username: &'a str,
    pub address: &'a str,
    pub agent: &'a str,
    pub success: bool,
    /// The account, where it is one of plex.tv's.
    pub account: Option<AccountId>,
    pub by_plex: bool,
}

pub async fn add_attempt(conn: &mut Conn, attempt: &Attempt<'_>) -> DbResult<()> {
    diesel::insert_into(login_attempts::table)
        .values((
            login_attempts::at.eq(attempt.at),
            login_attempts::username.eq(attempt.username),
            login_attempts::address.eq(attempt.address),
            login_attempts::agent.eq(attempt.agent),
            login_attempts::success.eq(attempt.success),
            login_attempts::account_id.eq(attempt.account.map(|id| id.0)),
            login_attempts::by_plex.eq(attempt.by_plex),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Failed attempts from an address since a moment, and the time of the last one.
pub async fn failures(
    conn: &mut Conn,
    address: &str,
    since: DateTime<Utc>,
) -> DbResult<(i64, Option<DateTime<Utc>>)> {
    Ok(login_attempts::table
        .filter(login_attempts::address.eq(address))
        .filter(login_attempts::at.gt(since))
        .filter(login_attempts::success.eq(false))
        .select((diesel::dsl::count_star(), diesel::dsl::max(login_attempts::at)))
        .first(conn)
        .await?)
}
