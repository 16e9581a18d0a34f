//! Which media server's history a file belongs to.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::servers;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::ServerId;

/// A media server that is watched now, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: ServerId,
    pub name: String,
    /// Plex's machine identifier; empty until the first contact.
    pub machine_id: String,
    pub is_watched: bool,
    pub is_default: bool,
}

type Row = (i64, String, String, Option<DateTime<Utc>>, bool);

/// All servers, those that are watched first, the default one before all.
pub async fn candidates(conn: &mut Conn) -> DbResult<Vec<Candidate>> {
    let rows: Vec<Row> = servers::table
        .order((servers::is_default.desc(), servers::removed_at.desc().nulls_first(), servers::id))
        .select((servers::id, servers::name, servers::machine_id, servers::removed_at, servers::is_default))
        .load(conn)
        .await?;
    let read = |(id, name, machine_id, removed_at, is_default): Row| Candidate {
        id: ServerId(id),
        name,
        machine_id,
        is_watched: removed_at.is_none(),
        is_default,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Remembers a server that nobody watches, so that its history has a home; adding it later continues that.
pub async fn remember(conn: &mut Conn, machine_id: &str, now: DateTime<Utc>) -> DbResult<ServerId> {
    let id = diesel::insert_into(servers::table)
        .values((
            servers::name.eq("Imported"),
            servers::machine_id.eq(machine_id),
            servers::url.eq(""),
            servers::token.eq(""),
            servers::created_at.eq(now),
            servers::updated_at.eq(now),
            servers::removed_at.eq(Some(now)),
        ))
        .returning(servers::id)
        .get_result(conn)
        .await?;
    Ok(ServerId(id))
}
