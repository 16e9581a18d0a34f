//! Media servers. The token leaves only through [`secrets`].

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::{plays, servers};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::ServerId;
use tautulli_domain::server::{Server, ServerIdentity};

#[derive(Queryable, Selectable)]
#[diesel(table_name = servers, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    name: String,
    machine_id: String,
    url: String,
    verify_tls: bool,
    version: String,
    platform: String,
    plex_pass: bool,
    is_default: bool,
    link_revision: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Row> for Server {
    fn from(row: Row) -> Self {
        let Row {
            id,
            name,
            machine_id,
            url,
            verify_tls,
            version,
            platform,
            plex_pass,
            is_default,
            link_revision,
            created_at,
            updated_at,
        } = row;
        Self {
            id: ServerId(id),
            name,
            machine_id,
            url,
            verify_tls,
            version,
            platform,
            plex_pass,
            is_default,
            link_revision,
            created_at,
            updated_at,
        }
    }
}

/// What connecting to a server takes.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    pub name: &'a str,
    pub url: &'a str,
    pub token: &'a str,
    pub verify_tls: bool,
}

/// The watched servers, the default one first.
pub async fn list(conn: &mut Conn) -> DbResult<Vec<Server>> {
    let rows: Vec<Row> = servers::table
        .filter(servers::removed_at.is_null())
        .order((servers::is_default.desc(), servers::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub async fn by_ids(conn: &mut Conn, ids: &[ServerId]) -> DbResult<Vec<Server>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> =
        servers::table.filter(servers::id.eq_any(ids)).select(Row::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A watched server.
pub async fn get(conn: &mut Conn, id: ServerId) -> DbResult<Option<Server>> {
    let row = servers::table
        .filter(servers::id.eq(id.0).and(servers::removed_at.is_null()))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|r: Row| r.into()))
}

/// The token of a watched server.
pub async fn secrets(conn: &mut Conn, id: ServerId) -> DbResult<Option<String>> {
    Ok(servers::table.find(id.0).select(servers::token).first(conn).await.optional()?)
}

/// The watched server at `url`, if any.
pub async fn by_url(conn: &mut Conn, url: &str) -> DbResult<Option<Server>> {
    let row = servers::table
        .filter(servers::url.eq(url).and(servers::removed_at.is_null()))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|r: Row| r.into()))
}

/// Adds a server, or brings a removed one with the same machine identifier back with its history. The first is the default.
pub async fn add(
    conn: &mut Conn,
    link: &Link<'_>,
    machine_id: &str,
    now: DateTime<Utc>,
) -> DbResult<ServerId> {
    let known: Option<i64> = servers::table
        .filter(servers::machine_id.eq(machine_id).and(servers::machine_id.ne("")))
        .select(servers::id)
        .first(conn)
        .await
        .optional()?;
    let first = servers::table.filter(servers::is_default).count().get_result::<i64>(conn).await? == 0;
    if let Some(id) = known {
        diesel::update(servers::table.find(id))
            .set((
                servers::name.eq(link.name),
                servers::url.eq(link.url),
                servers::token.eq(link.token),
                servers::verify_tls.eq(link.verify_tls),
                servers::link_revision.eq(servers::link_revision + 1),
                servers::removed_at.eq(None::<DateTime<Utc>>),
                servers::updated_at.eq(now),
            ))
            .execute(conn)
            .await?;
        if first {
            diesel::update(servers::table.find(id)).set(servers::is_default.eq(true)).execute(conn).await?;
        }
        return Ok(ServerId(id));
    }
    let id = diesel::insert_into(servers::table)
        .values((
            servers::name.eq(link.name),
            servers::machine_id.eq(machine_id),
            servers::url.eq(link.url),
            servers::token.eq(link.token),
            servers::verify_tls.eq(link.verify_tls),
            servers::is_default.eq(first),
            servers::created_at.eq(now),
            servers::updated_at.eq(now),
        ))
        .returning(servers::id)
        .get_result(conn)
        .await?;
    Ok(ServerId(id))
}

/// Changes how a server is reached; an absent token stays as it is.
pub async fn relink(
    conn: &mut Conn,
    id: ServerId,
    name: &str,
    url: &str,
    token: Option<&str>,
    verify_tls: bool,
    now: DateTime<Utc>,
) -> DbResult<()> {
    diesel::update(servers::table.find(id.0))
        .set((
            servers::name.eq(name),
            servers::url.eq(url),
            servers::verify_tls.eq(verify_tls),
            servers::link_revision.eq(servers::link_revision + 1),
            servers::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    if let Some(token) = token {
        diesel::update(servers::table.find(id.0)).set(servers::token.eq(token)).execute(conn).await?;
    }
    Ok(())
}

/// Keeps what a server says of itself.
pub async fn identify(
    conn: &mut Conn,
    id: ServerId,
    identity: &ServerIdentity,
    now: DateTime<Utc>,
) -> DbResult<()> {
    diesel::update(servers::table.find(id.0))
        .set((
            servers::name.eq(&identity.name),
            servers::machine_id.eq(&identity.machine_id),
            servers::version.eq(&identity.version),
            servers::platform.eq(&identity.platform),
            servers::plex_pass.eq(identity.plex_pass),
            servers::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A server that had never answered turns out to be one whose history is here, unwatched: that one is watched from now on, with the
/// other's link and in its place. False where there is no such server, or the silent one has a history of its own. Belongs into a
/// transaction.
pub async fn take_over(
    conn: &mut Conn,
    silent: ServerId,
    machine_id: &str,
    now: DateTime<Utc>,
) -> DbResult<bool> {
    let known: Option<i64> = servers::table
        .filter(servers::machine_id.eq(machine_id).and(servers::removed_at.is_not_null()))
        .select(servers::id)
        .first(conn)
        .await
        .optional()?;
    let link: Option<(String, String, bool, bool)> = servers::table
        .filter(servers::id.eq(silent.0).and(servers::machine_id.eq("")))
        .select((servers::url, servers::token, servers::verify_tls, servers::is_default))
        .first(conn)
        .await
        .optional()?;
    let (Some(known), Some((url, token, verify_tls, is_default))) = (known, link) else { return Ok(false) };
    let of_its_own = plays::table.filter(plays::server_id.eq(silent.0));
    if diesel::select(diesel::dsl::exists(of_its_own)).get_result(conn).await? {
        return Ok(false);
    }
    diesel::delete(servers::table.find(silent.0)).execute(conn).await?;
    diesel::update(servers::table.find(known))
        .set((
            servers::url.eq(url),
            servers::token.eq(token),
            servers::verify_tls.eq(verify_tls),
            servers::is_default.eq(is_default),
            servers::link_revision.eq(servers::link_revision + 1),
            servers::removed_at.eq(None::<DateTime<Utc>>),
            servers::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}

/// Stops watching a server; its history stays. Another one becomes the default.
pub async fn remove(conn: &mut Conn, id: ServerId, now: DateTime<Utc>) -> DbResult<()> {
    diesel::update(servers::table.find(id.0))
        .set((servers::removed_at.eq(now), servers::is_default.eq(false), servers::updated_at.eq(now)))
        .execute(conn)
        .await?;
    let remaining = list(conn).await?;
    if let Some(next) = remaining.iter().find(|s| !s.is_default)
        && !remaining.iter().any(|s| s.is_default)
    {
        diesel::update(servers::table.find(next.id.0))
            .set(servers::is_default.eq(true))
            .execute(conn)
            .await?;
    }
    Ok(())
}
