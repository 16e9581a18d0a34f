//! Users of media servers.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::users;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use tautulli_domain::server::{ObservedAccount, User, UserChoices};
use tautulli_domain::session::ObservedUser;
use tautulli_domain::{ServerId, UserId};

/// By what people know the user `u`, in SQL, as `User::friendly_name` has it: a name of mere space is none.
pub(crate) const SHOWN_NAME: &str = "CASE WHEN u.custom_name ~ '\\S' THEN u.custom_name WHEN u.username ~ '\\S' THEN u.username ELSE u.title END";

/// The same, and nothing of whoever is known from imported plays alone, as [`User::is_stranger`] has it: they had no name of their own.
pub(crate) fn recorded_name() -> String {
    format!("CASE WHEN u.account_id = 0 OR u.is_told OR u.is_active OR u.email <> '' THEN {SHOWN_NAME} END")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    server_id: i64,
    account_id: i64,
    username: String,
    title: String,
    custom_name: String,
    email: String,
    thumb: String,
    custom_thumb: String,
    is_active: bool,
    is_admin: bool,
    is_home_user: bool,
    is_allow_sync: bool,
    is_restricted: bool,
    is_told: bool,
    do_notify: bool,
    keep_history: bool,
    allow_guest: bool,
    deleted: bool,
    shared_sections: Vec<i64>,
    share_filters: Value,
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self {
            id: UserId(row.id),
            server_id: ServerId(row.server_id),
            account_id: row.account_id,
            username: row.username,
            title: row.title,
            custom_name: row.custom_name,
            email: row.email,
            thumb: row.thumb,
            custom_thumb: row.custom_thumb,
            is_active: row.is_active,
            is_admin: row.is_admin,
            is_home_user: row.is_home_user,
            is_allow_sync: row.is_allow_sync,
            is_restricted: row.is_restricted,
            is_told: row.is_told,
            do_notify: row.do_notify,
            keep_history: row.keep_history,
            allow_guest: row.allow_guest,
            deleted: row.deleted,
            shared_sections: row.shared_sections,
            // Texts of Plex; what cannot be read is no filter.
            share_filters: serde_json::from_value(row.share_filters).unwrap_or_default(),
        }
    }
}

/// Which users are wanted; what is absent does not matter.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub server: Option<ServerId>,
    /// No other one, whatever else is said.
    pub only: Option<UserId>,
    pub accounts: Option<Vec<i64>>,
    pub rows: Option<Vec<i64>>,
    pub usernames: Option<Vec<String>>,
}

/// Users in the order in which they became known, at most `limit`.
pub async fn list(conn: &mut Conn, wanted: &Wanted, limit: i64) -> DbResult<Vec<User>> {
    let Wanted { server, only, accounts, rows, usernames } = wanted;
    let mut query =
        users::table.order((users::server_id, users::id)).limit(limit).select(Row::as_select()).into_boxed();
    if let Some(server) = server {
        query = query.filter(users::server_id.eq(server.0));
    }
    if let Some(only) = only {
        query = query.filter(users::id.eq(only.0));
    }
    if let Some(accounts) = accounts {
        query = query.filter(users::account_id.eq_any(accounts));
    }
    if let Some(rows) = rows {
        query = query.filter(users::id.eq_any(rows));
    }
    if let Some(usernames) = usernames {
        query = query.filter(users::username.eq_any(usernames));
    }
    let rows: Vec<Row> = query.load(conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The token that a user has for their server, for us alone; empty where plex.tv has told none.
pub async fn server_token(conn: &mut Conn, id: UserId) -> DbResult<Option<String>> {
    Ok(users::table.find(id.0).select(users::server_token).first(conn).await.optional()?)
}

/// The users with these ids, in no order.
pub async fn by_ids(conn: &mut Conn, ids: &[UserId]) -> DbResult<Vec<User>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> =
        users::table.filter(users::id.eq_any(ids)).select(Row::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The user of a session. Plex calls the owner 1 on every server; whoever is not known yet gets a row of their own, so
/// that no play is lost for want of a user (HIS-04).
pub async fn resolve(
    conn: &mut Conn,
    server: ServerId,
    seen: &ObservedUser,
    now: DateTime<Utc>,
) -> DbResult<UserId> {
    if let Some(known) = find(conn, server, seen).await? {
        return Ok(known);
    }
    // Whoever refreshes the users at this moment may have written this one already, unseen by us until it is committed.
    lock(conn, server).await?;
    if let Some(known) = find(conn, server, seen).await? {
        return Ok(known);
    }
    let id: i64 = diesel::insert_into(users::table)
        .values((
            users::server_id.eq(server.0),
            users::account_id.eq(seen.account_id),
            users::username.eq(&seen.name),
            users::title.eq(&seen.name),
            users::thumb.eq(&seen.thumb),
            users::is_admin.eq(seen.account_id == 1),
            users::is_told.eq(false),
            users::updated_at.eq(now),
        ))
        .returning(users::id)
        .get_result(conn)
        .await?;
    Ok(UserId(id))
}

/// Who makes rows of a server's users does so alone, until the end of the transaction.
pub(crate) async fn lock(conn: &mut Conn, server: ServerId) -> DbResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtext('users'), $1::int)")
        .bind::<BigInt, _>(server.0)
        .execute(conn)
        .await?;
    Ok(())
}

async fn find(conn: &mut Conn, server: ServerId, seen: &ObservedUser) -> DbResult<Option<UserId>> {
    let named = || users::table.filter(users::server_id.eq(server.0)).select(users::id).order(users::id);
    let mut found: Option<i64> = None;
    if seen.account_id == 1 {
        let owner = named().filter(users::is_admin).filter(users::deleted.eq(false));
        found = owner
            .filter(users::username.eq(&seen.name).or(users::title.eq(&seen.name)))
            .first(conn)
            .await
            .optional()?;
        if found.is_none() {
            found = owner.first(conn).await.optional()?;
        }
    }
    if found.is_none() {
        found = named().filter(users::account_id.eq(seen.account_id)).first(conn).await.optional()?;
    }
    if found.is_none() && !seen.name.is_empty() {
        let by_name = users::username.eq(&seen.name).or(users::title.eq(&seen.name));
        found = named().filter(by_name).filter(users::deleted.eq(false)).first(conn).await.optional()?;
    }
    Ok(found.map(UserId))
}

/// Whether the user's plays are kept (HIS-03).
pub async fn keeps_history(conn: &Conn, id: UserId) -> DbResult<bool> {
    Ok(users::table.find(id.0).select(users::keep_history).first(&mut &*conn).await?)
}

#[derive(AsChangeset)]
#[diesel(table_name = users)]
struct Changes<'a> {
    custom_name: Option<&'a str>,
    custom_thumb: Option<&'a str>,
    do_notify: Option<bool>,
    keep_history: Option<bool>,
    allow_guest: Option<bool>,
    updated_at: DateTime<Utc>,
}

/// Stores choices about a user; gives the user as it is then, or `None` where there is none.
pub async fn choose(
    conn: &mut Conn,
    id: UserId,
    choices: &UserChoices,
    now: DateTime<Utc>,
) -> DbResult<Option<User>> {
    let changes = Changes {
        custom_name: choices.custom_name.as_deref(),
        custom_thumb: choices.custom_thumb.as_deref(),
        do_notify: choices.do_notify,
        keep_history: choices.keep_history,
        allow_guest: choices.allow_guest,
        updated_at: now,
    };
    let row: Option<Row> = diesel::update(users::table.find(id.0))
        .set(changes)
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// Hides a user and keeps nothing of theirs from now on, or the other way round (USR-03). Gives the user as it is then.
pub async fn set_deleted(
    conn: &mut Conn,
    id: UserId,
    deleted: bool,
    now: DateTime<Utc>,
) -> DbResult<Option<User>> {
    let row: Option<Row> = diesel::update(users::table.find(id.0))
        .set((
            users::deleted.eq(deleted),
            users::keep_history.eq(!deleted),
            users::do_notify.eq(!deleted),
            users::updated_at.eq(now),
        ))
        .returning(Row::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// What became of the users of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refreshed {
    /// How many plex.tv tells of.
    pub count: usize,
    /// Something is shared with somebody that was not, or is no more.
    pub are_shares_others: bool,
}

/// Takes over what plex.tv tells. Whoever is not told of any more becomes inactive. A placeholder that was made for an
/// owner or by name keeps its row, and with it its plays.
pub async fn refresh(
    conn: &mut Conn,
    server: ServerId,
    seen: &[ObservedAccount],
    now: DateTime<Utc>,
) -> DbResult<Refreshed> {
    lock(conn, server).await?;
    let shared = shares(conn, server).await?;
    ensure_local(conn, server, now).await?;
    for account in seen {
        upsert(conn, server, account, now).await?;
    }
    let told: Vec<i64> = seen.iter().map(|a| a.account_id).chain([0]).collect();
    diesel::update(users::table.filter(users::server_id.eq(server.0)).filter(users::account_id.ne_all(told)))
        .set((users::is_active.eq(false), users::updated_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(Refreshed { count: seen.len(), are_shares_others: shares(conn, server).await? != shared })
}

/// What is shared with whom.
async fn shares(conn: &mut Conn, server: ServerId) -> DbResult<Vec<(i64, bool, Vec<i64>, Value)>> {
    let shares = users::table
        .filter(users::server_id.eq(server.0))
        .order(users::id)
        .select((users::id, users::is_active, users::shared_sections, users::share_filters))
        .load(conn)
        .await?;
    Ok(shares)
}

/// The local user stands for whoever has no account.
async fn ensure_local(conn: &mut Conn, server: ServerId, now: DateTime<Utc>) -> DbResult<()> {
    diesel::insert_into(users::table)
        .values((
            users::server_id.eq(server.0),
            users::account_id.eq(0),
            users::username.eq("Local"),
            users::title.eq("Local"),
            users::is_told.eq(false),
            users::updated_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

async fn upsert(
    conn: &mut Conn,
    server: ServerId,
    seen: &ObservedAccount,
    now: DateTime<Utc>,
) -> DbResult<()> {
    if seen.is_admin {
        adopt_placeholder(conn, server, seen).await?;
    }
    let filters = json!({ "all": seen.filter_all, "movies": seen.filter_movies, "tv": seen.filter_tv,
                          "music": seen.filter_music, "photos": seen.filter_photos });
    let changes = (
        users::username.eq(&seen.username),
        users::title.eq(&seen.title),
        users::email.eq(&seen.email),
        users::thumb.eq(&seen.thumb),
        users::is_active.eq(true),
        users::is_admin.eq(seen.is_admin),
        users::is_home_user.eq(seen.is_home_user),
        users::is_allow_sync.eq(seen.is_allow_sync),
        users::is_restricted.eq(seen.is_restricted),
        users::is_told.eq(true),
        users::server_token.eq(&seen.server_token),
        users::shared_sections.eq(&seen.shared_sections),
        users::share_filters.eq(filters),
        users::updated_at.eq(now),
    );
    diesel::insert_into(users::table)
        .values((users::server_id.eq(server.0), users::account_id.eq(seen.account_id), changes.clone()))
        .on_conflict((users::server_id, users::account_id))
        .do_update()
        .set(changes)
        .execute(conn)
        .await?;
    Ok(())
}

/// An owner who was seen playing before plex.tv answered stands under account 1.
async fn adopt_placeholder(conn: &mut Conn, server: ServerId, seen: &ObservedAccount) -> DbResult<()> {
    let known: i64 = users::table
        .filter(users::server_id.eq(server.0).and(users::account_id.eq(seen.account_id)))
        .count()
        .get_result(conn)
        .await?;
    if known == 0 {
        diesel::update(users::table.filter(users::server_id.eq(server.0).and(users::account_id.eq(1))))
            .set(users::account_id.eq(seen.account_id))
            .execute(conn)
            .await?;
    }
    Ok(())
}
