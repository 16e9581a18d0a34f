//! Running sessions as they were last written, and the timelines of plays.

use crate::error::{DbError, DbResult};
use crate::pool::Conn;
use crate::schema::{last_stops, session_events, sessions};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use tautulli_domain::session::{EventKind, SESSION_VERSION, Session, SessionEvent};
use tautulli_domain::{Error, ServerId, SessionId, UserId};
use uuid::Uuid;

/// The sessions of a server that were open when they were last written.
pub async fn open(conn: &mut Conn, server: ServerId) -> DbResult<Vec<Session>> {
    let rows: Vec<(i16, Value)> = sessions::table
        .filter(sessions::server_id.eq(server.0))
        .order((sessions::started_at, sessions::id))
        .select((sessions::detail_version, sessions::detail))
        .load(conn)
        .await?;
    rows.into_iter().map(read).collect()
}

fn read((version, detail): (i16, Value)) -> DbResult<Session> {
    if version != SESSION_VERSION {
        return Err(DbError(Error::internal(format!("a session of version {version} is stored"))));
    }
    Ok(serde_json::from_value(detail)?)
}

/// The timelines of several sessions or plays, each in order.
pub async fn events(conn: &mut Conn, ids: &[SessionId]) -> DbResult<Vec<(SessionId, SessionEvent)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, i32, DateTime<Utc>, String, i64, Value)> = session_events::table
        .filter(session_events::session_id.eq_any(ids))
        .order((session_events::session_id, session_events::seq))
        .select((
            session_events::session_id,
            session_events::seq,
            session_events::at,
            session_events::kind,
            session_events::view_offset_ms,
            session_events::detail,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .filter_map(|(id, seq, at, kind, view_offset_ms, detail)| {
            // A kind written by a newer program is passed over.
            let kind = EventKind::parse(&kind)?;
            let event = serde_json::from_value(detail)
                .map(|detail| SessionEvent { seq, at, kind, view_offset_ms, detail })
                .map_err(DbError::from);
            Some(event.map(|event| (SessionId(id), event)))
        })
        .collect()
}

/// When the user last stopped something of this kind on this device (ACT-11).
pub async fn last_stop(
    conn: &mut Conn,
    server: ServerId,
    user: UserId,
    machine_id: &str,
    kind: &str,
) -> DbResult<Option<DateTime<Utc>>> {
    Ok(last_stops::table
        .find((server.0, user.0, machine_id, kind))
        .select(last_stops::stopped_at)
        .first(conn)
        .await
        .optional()?)
}

/// Forgets the sessions of servers that were removed. Their plays were never finished.
pub async fn forget_unwatched(conn: &mut Conn) -> DbResult<usize> {
    let removed =
        "DELETE FROM sessions s USING servers v WHERE v.id = s.server_id AND v.removed_at IS NOT NULL";
    Ok(diesel::sql_query(removed).execute(conn).await?)
}
