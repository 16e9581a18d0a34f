//! Users and libraries of an import. What is known here and newer stays; what the owner once chose is taken over where nobody
//! has chosen otherwise here.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::{libraries, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use std::collections::BTreeMap;
use tautulli_domain::{LibraryId, ServerId, UserId};

/// A user with the owner's choices.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The number that its row had; it keeps it where it is free here.
    pub row_id: Option<i64>,
    pub account_id: i64,
    pub username: String,
    pub title: String,
    pub custom_name: String,
    pub email: String,
    pub thumb: String,
    pub custom_thumb: String,
    pub is_active: bool,
    pub is_admin: bool,
    pub is_home_user: bool,
    pub is_allow_sync: bool,
    pub is_restricted: bool,
    pub is_told: bool,
    pub do_notify: bool,
    pub keep_history: bool,
    pub allow_guest: bool,
    pub deleted: bool,
    pub server_token: String,
    pub shared_sections: Vec<i64>,
    /// Plex's filter texts by what they are for.
    pub share_filters: Value,
}

/// A library with the owner's choices.
#[derive(Debug, Clone)]
pub struct Section {
    /// The number that its row had; it keeps it where it is free here.
    pub row_id: Option<i64>,
    pub section_id: i64,
    pub name: String,
    pub kind: &'static str,
    pub agent: String,
    pub thumb: String,
    pub custom_thumb: String,
    pub art: String,
    pub custom_art: String,
    pub count: Option<i64>,
    pub parent_count: Option<i64>,
    pub child_count: Option<i64>,
    pub is_active: bool,
    pub do_notify: bool,
    pub do_notify_created: bool,
    pub keep_history: bool,
    pub deleted: bool,
}

/// Writes a user; true if nobody had this account before.
pub async fn user(conn: &mut Conn, server: ServerId, person: &Person, now: DateTime<Utc>) -> DbResult<bool> {
    let p = person;
    let sql = "UPDATE users SET custom_name = coalesce(nullif(custom_name, ''), $3), custom_thumb = coalesce(nullif(custom_thumb, ''), $4),
                 keep_history = keep_history AND $5, allow_guest = allow_guest OR $6, deleted = deleted OR $7, do_notify = do_notify AND $8
               WHERE server_id = $1 AND account_id = $2";
    let known = diesel::sql_query(sql)
        .bind::<BigInt, _>(server.0)
        .bind::<BigInt, _>(p.account_id)
        .bind::<Text, _>(&p.custom_name)
        .bind::<Text, _>(&p.custom_thumb)
        .bind::<Bool, _>(p.keep_history)
        .bind::<Bool, _>(p.allow_guest)
        .bind::<Bool, _>(p.deleted)
        .bind::<Bool, _>(p.do_notify)
        .execute(conn)
        .await?;
    if known > 0 {
        return Ok(false);
    }
    let id = free_number(conn, "users", p.row_id).await?;
    diesel::insert_into(users::table)
        .values((
            users::id.eq(id),
            users::server_id.eq(server.0),
            users::account_id.eq(p.account_id),
            users::username.eq(&p.username),
            users::title.eq(&p.title),
            users::custom_name.eq(&p.custom_name),
            users::email.eq(&p.email),
            users::thumb.eq(&p.thumb),
            users::custom_thumb.eq(&p.custom_thumb),
            (
                users::is_active.eq(p.is_active),
                users::is_admin.eq(p.is_admin),
                users::is_home_user.eq(p.is_home_user),
                users::is_allow_sync.eq(p.is_allow_sync),
                users::is_restricted.eq(p.is_restricted),
                users::is_told.eq(p.is_told),
                users::do_notify.eq(p.do_notify),
                users::keep_history.eq(p.keep_history),
                users::allow_guest.eq(p.allow_guest),
                users::deleted.eq(p.deleted),
            ),
            users::server_token.eq(&p.server_token),
            users::shared_sections.eq(&p.shared_sections),
            users::share_filters.eq(&p.share_filters),
            users::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}

/// Writes a library; true if the section was not known before.
pub async fn library(
    conn: &mut Conn,
    server: ServerId,
    section: &Section,
    now: DateTime<Utc>,
) -> DbResult<bool> {
    let s = section;
    let sql = "UPDATE libraries SET do_notify = do_notify AND $8, do_notify_created = do_notify_created AND $9, name = coalesce(nullif(name, ''), $3), custom_thumb = coalesce(nullif(custom_thumb, ''), $4),
                 custom_art = coalesce(nullif(custom_art, ''), $5), keep_history = keep_history AND $6, deleted = deleted OR $7
               WHERE server_id = $1 AND section_id = $2";
    let known = diesel::sql_query(sql)
        .bind::<BigInt, _>(server.0)
        .bind::<BigInt, _>(s.section_id)
        .bind::<Text, _>(&s.name)
        .bind::<Text, _>(&s.custom_thumb)
        .bind::<Text, _>(&s.custom_art)
        .bind::<Bool, _>(s.keep_history)
        .bind::<Bool, _>(s.deleted)
        .bind::<Bool, _>(s.do_notify)
        .bind::<Bool, _>(s.do_notify_created)
        .execute(conn)
        .await?;
    if known > 0 {
        return Ok(false);
    }
    let id = free_number(conn, "libraries", s.row_id).await?;
    diesel::insert_into(libraries::table)
        .values((
            libraries::id.eq(id),
            libraries::server_id.eq(server.0),
            libraries::section_id.eq(s.section_id),
            libraries::name.eq(&s.name),
            libraries::kind.eq(s.kind),
            libraries::agent.eq(&s.agent),
            libraries::thumb.eq(&s.thumb),
            libraries::custom_thumb.eq(&s.custom_thumb),
            libraries::art.eq(&s.art),
            libraries::custom_art.eq(&s.custom_art),
            libraries::item_count.eq(s.count),
            libraries::parent_count.eq(s.parent_count),
            libraries::child_count.eq(s.child_count),
            (
                libraries::is_active.eq(s.is_active),
                libraries::do_notify.eq(s.do_notify),
                libraries::do_notify_created.eq(s.do_notify_created),
                libraries::keep_history.eq(s.keep_history),
                libraries::deleted.eq(s.deleted),
            ),
            libraries::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}

/// The number for a new row of `table`: the one that it had, where that is free, else the next one. Numbers given out later are
/// higher than both.
async fn free_number(conn: &mut Conn, table: &'static str, had: Option<i64>) -> DbResult<i64> {
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let sql = format!(
        "WITH chosen AS (SELECT CASE WHEN $1 > 0 AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = $1) THEN $1
           ELSE nextval(pg_get_serial_sequence('{table}', 'id')) END AS id)
         SELECT id FROM chosen WHERE
           setval(pg_get_serial_sequence('{table}', 'id'), greatest(id, (SELECT coalesce(max(id), 1) FROM {table}))) > 0"
    );
    let Number { id } =
        diesel::sql_query(sql).bind::<BigInt, _>(had.unwrap_or_default()).get_result(conn).await?;
    Ok(id)
}

/// All accounts of a server and their users.
pub async fn accounts(conn: &mut Conn, server: ServerId) -> DbResult<BTreeMap<i64, UserId>> {
    let rows: Vec<(i64, i64)> = users::table
        .filter(users::server_id.eq(server.0))
        .select((users::account_id, users::id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(account, id)| (account, UserId(id))).collect())
}

/// All sections of a server and their libraries.
pub async fn sections(conn: &mut Conn, server: ServerId) -> DbResult<BTreeMap<i64, LibraryId>> {
    let rows: Vec<(i64, i64)> = libraries::table
        .filter(libraries::server_id.eq(server.0))
        .select((libraries::section_id, libraries::id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(section, id)| (section, LibraryId(id))).collect())
}
