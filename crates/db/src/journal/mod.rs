//! Writing what happened in sessions: one transaction for a batch, every statement harmless when repeated.
//!
//! A commit whose answer was lost may be written again: sessions are upserted by id, events by sequence number, and a
//! play by the id its session had from the first observation.

pub mod bulk;
pub(crate) mod groups;
mod plays;

use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::schema::{last_stops, session_events, sessions};
use crate::{items, lease, libraries, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures_util::future::try_join_all;
use futures_util::try_join;
use tautulli_domain::session::{DropReason, Outcome, SESSION_VERSION, Session, SessionEvent, SessionRules};
use tautulli_domain::{GroupId, ItemId, LibraryId, PlayId, Result, ServerId, SessionId, UserId};

/// What has become of one session since the last write.
#[derive(Debug, Clone)]
pub struct Change {
    pub session: Session,
    pub events: Vec<SessionEvent>,
    /// The session is over: it becomes a play or is dropped.
    pub ended: bool,
}

/// Changes of one server's sessions in the order in which they happened.
#[derive(Debug)]
pub struct Batch<'a> {
    pub server_id: ServerId,
    /// The writer's right to write; `None` writes finished plays only, which needs none.
    pub epoch: Option<i64>,
    pub rules: &'a SessionRules,
    pub now: DateTime<Utc>,
    pub changes: &'a [Change],
}

/// What a written change became.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub session_id: SessionId,
    pub user_id: UserId,
    pub library_id: Option<LibraryId>,
    pub initial: bool,
    pub end: Option<End>,
}

/// How an ended session was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Recorded {
        play_id: PlayId,
        group_id: GroupId,
        /// False when the play had been written before.
        new: bool,
    },
    Dropped(DropReason),
}

/// Writes a batch in one transaction: all of it or nothing.
pub async fn write(conn: &mut Conn, batch: &Batch<'_>) -> Result<Vec<Written>> {
    let written = conn
        .transaction(async |conn| -> DbResult<Vec<Written>> {
            try_join!(plan_once(conn), fence(conn, batch))?;
            let mut written = Vec::with_capacity(batch.changes.len());
            for change in batch.changes {
                // On the heap: statements that are under way together are large.
                written.push(Box::pin(write_one(conn, batch, change)).await?);
            }
            Ok(written)
        })
        .await?;
    Ok(written)
}

/// Statements about lists of plays are planned once for all lists: the planner expects ten of each, finds a plan for one alone to
/// be cheaper, and takes longer to find that than the statement takes.
async fn plan_once(conn: &Conn) -> DbResult<()> {
    diesel::sql_query("SET LOCAL plan_cache_mode = force_generic_plan").kept().execute(&mut &*conn).await?;
    Ok(())
}

async fn fence(conn: &Conn, batch: &Batch<'_>) -> DbResult<()> {
    match batch.epoch {
        Some(epoch) => lease::fence(conn, batch.server_id, epoch).await,
        None => Ok(()),
    }
}

async fn write_one(conn: &mut Conn, batch: &Batch<'_>, change: &Change) -> DbResult<Written> {
    let mut session = change.session.clone();
    let user_id = match session.user_id {
        Some(known) => known,
        None => users::resolve(conn, batch.server_id, &session.user, batch.now).await?,
    };
    session.user_id = Some(user_id);
    if session.library_id.is_none() {
        let item = &session.item;
        session.library_id = libraries::resolve(
            conn,
            batch.server_id,
            item.section_id,
            &item.library_name,
            item.kind,
            batch.now,
        )
        .await?;
    }
    if session.initial.is_none() {
        session.initial = Some(is_initial(conn, batch, &session, user_id).await?);
    }
    let end = if change.ended {
        Some(end(conn, batch, &session, user_id, &change.events).await?)
    } else {
        try_join!(save(conn, &session), append(conn, batch.server_id, session.id, &change.events))?;
        None
    };
    Ok(Written {
        session_id: session.id,
        user_id,
        library_id: session.library_id,
        initial: session.initial.unwrap_or(true),
        end,
    })
}

/// A stream that begins soon after the same user's last stop on the same device continues it (ACT-11).
async fn is_initial(
    conn: &mut Conn,
    batch: &Batch<'_>,
    session: &Session,
    user_id: UserId,
) -> DbResult<bool> {
    let (machine, kind) = (&session.player.machine_id, session.item.kind.name());
    let stopped = crate::sessions::last_stop(conn, batch.server_id, user_id, machine, kind).await?;
    Ok(begins_anew(stopped, session.started_at, batch.rules))
}

/// Whether what began at `started` begins a sitting, after the last stop on the same device.
fn begins_anew(stopped: Option<DateTime<Utc>>, started: DateTime<Utc>, rules: &SessionRules) -> bool {
    stopped.is_none_or(|at| started - at >= rules.continued_within)
}

async fn save(conn: &Conn, session: &Session) -> DbResult<()> {
    let changes = (
        sessions::user_id.eq(session.user_id.map(|id| id.0)),
        sessions::state.eq(session.state.name()),
        sessions::seen_at.eq(session.seen_at),
        sessions::detail.eq(serde_json::to_value(session)?),
        sessions::detail_version.eq(SESSION_VERSION),
    );
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(session.id.0),
            sessions::server_id.eq(session.server_id.0),
            sessions::session_key.eq(session.session_key),
            sessions::started_at.eq(session.started_at),
            changes.clone(),
        ))
        .on_conflict(sessions::id)
        .do_update()
        .set(changes)
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

async fn append(conn: &Conn, server: ServerId, session: SessionId, events: &[SessionEvent]) -> DbResult<()> {
    let append = async |event: &SessionEvent| -> DbResult<()> {
        diesel::insert_into(session_events::table)
            .values((
                session_events::session_id.eq(session.0),
                session_events::seq.eq(event.seq),
                session_events::server_id.eq(server.0),
                session_events::at.eq(event.at),
                session_events::kind.eq(event.kind.name()),
                session_events::view_offset_ms.eq(event.view_offset_ms),
                session_events::detail.eq(serde_json::to_value(&event.detail)?),
            ))
            .on_conflict_do_nothing()
            .execute(&mut &*conn)
            .await?;
        Ok(())
    };
    try_join_all(events.iter().map(append)).await?;
    Ok(())
}

async fn end(
    conn: &mut Conn,
    batch: &Batch<'_>,
    session: &Session,
    user_id: UserId,
    events: &[SessionEvent],
) -> DbResult<End> {
    let library_keeps = async {
        match session.library_id {
            Some(id) => libraries::keeps_history(conn, id).await,
            None => Ok(true),
        }
    };
    let ((), keep_user, keep_library, known) = try_join!(
        remember_stop(conn, session, user_id),
        users::keeps_history(conn, user_id),
        library_keeps,
        plays::known(conn, session.id),
    )?;
    let outcome = session.outcome(keep_user, keep_library, batch.rules);
    let end = match outcome {
        Outcome::Kept(play) => {
            let ((), play_id, (), (item_id, snapshot_id)) = try_join!(
                append(conn, batch.server_id, session.id, events),
                plays::number(conn),
                forget(conn, session.id),
                items::remember(conn, batch.server_id, &session.item, batch.now),
            )?;
            match known {
                Some(known) => known,
                None => {
                    let place = Place { user_id, item_id, snapshot_id };
                    plays::record(conn, play_id, &play, place, batch.rules).await?
                }
            }
        }
        Outcome::Dropped(reason) => {
            diesel::delete(session_events::table.filter(session_events::session_id.eq(session.id.0)))
                .execute(conn)
                .await?;
            forget(conn, session.id).await?;
            End::Dropped(reason)
        }
    };
    Ok(end)
}

/// The session is open no more.
async fn forget(conn: &Conn, session: SessionId) -> DbResult<()> {
    diesel::delete(sessions::table.find(session.0)).execute(&mut &*conn).await?;
    Ok(())
}

/// The last stop is remembered even of what is not kept (ACT-11).
async fn remember_stop(conn: &Conn, session: &Session, user_id: UserId) -> DbResult<()> {
    diesel::insert_into(last_stops::table)
        .values((
            last_stops::server_id.eq(session.server_id.0),
            last_stops::user_id.eq(user_id.0),
            last_stops::machine_id.eq(&session.player.machine_id),
            last_stops::kind.eq(session.item.kind.name()),
            last_stops::stopped_at.eq(session.seen_at),
        ))
        .on_conflict((last_stops::server_id, last_stops::user_id, last_stops::machine_id, last_stops::kind))
        .do_update()
        .set(last_stops::stopped_at.eq(session.seen_at))
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// Holds everyone else back who would finish a play. The stop is the first thing an ordinary ending writes, so whoever
/// waits here holds nothing that the owner of this lock could wait for.
async fn lock_stops(conn: &mut Conn) -> DbResult<()> {
    diesel::sql_query("LOCK TABLE last_stops IN SHARE ROW EXCLUSIVE MODE").execute(conn).await?;
    Ok(())
}

/// What a play is written with besides itself.
#[derive(Debug, Clone, Copy)]
struct Place {
    user_id: UserId,
    item_id: ItemId,
    snapshot_id: i64,
}
