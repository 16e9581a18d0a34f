//! Finished plays, read back whole.

use crate::error::DbResult;
use crate::json::Json;
use crate::pool::Conn;
use crate::remembered::Remembered;
use crate::schema::{plays, recorded_cells};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use std::sync::Arc;
use tautulli_domain::history::Play;
use tautulli_domain::media::{Decision, ItemSnapshot};
use tautulli_domain::{
    GroupId, LibraryId, Location, PlayId, Player, ServerId, SessionId, StreamDetail, UserId,
};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = plays, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    session_id: Uuid,
    group_id: i64,
    server_id: i64,
    user_id: i64,
    library_id: Option<i64>,
    started_at: DateTime<Utc>,
    stopped_at: DateTime<Utc>,
    played_ms: i64,
    paused_ms: i64,
    view_offset_ms: i64,
    percent_complete: i16,
    watched_quarters: i16,
    decision: String,
    platform: String,
    product: String,
    player: String,
    machine_id: String,
    address: String,
    location: String,
    player_detail: Json<Player>,
    snapshot_id: i64,
    stream_id: i64,
}

/// The plays with these ids, in no particular order.
pub async fn by_ids(conn: &Conn, remembered: &Remembered, ids: &[PlayId]) -> DbResult<Vec<Play>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> =
        plays::table.filter(plays::id.eq_any(ids)).select(Row::as_select()).load(&mut &*conn).await?;
    whole(conn, remembered, rows).await
}

/// The play that a session became, if it did.
pub async fn by_session(conn: &Conn, remembered: &Remembered, session: SessionId) -> DbResult<Option<Play>> {
    let rows: Vec<Row> = plays::table
        .filter(plays::session_id.eq(session.0))
        .select(Row::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(whole(conn, remembered, rows).await?.pop())
}

/// Plays with their items and streams.
async fn whole(conn: &Conn, remembered: &Remembered, rows: Vec<Row>) -> DbResult<Vec<Play>> {
    let (items, streams, mut cells) = futures_util::try_join!(
        remembered.items(conn, rows.iter().map(|row| row.snapshot_id)),
        remembered.streams(conn, rows.iter().map(|row| row.stream_id)),
        recorded_cells(conn, rows.iter().map(|row| row.id).collect()),
    )?;
    let whole = rows.into_iter().filter_map(|row| {
        // Both are there for as long as the play is; one that was deleted since it was read is not told.
        let (item, stream) = (items.get(&row.snapshot_id)?, streams.get(&row.stream_id)?);
        let cells = cells.remove(&row.id);
        Some(Play { recorded_cells: cells, ..read(row, item.clone(), stream.clone()) })
    });
    Ok(whole.collect())
}

/// What imports could not take as it lies, by play.
async fn recorded_cells(conn: &Conn, plays: Vec<i64>) -> DbResult<HashMap<i64, serde_json::Value>> {
    let rows: Vec<(i64, serde_json::Value)> = recorded_cells::table
        .filter(recorded_cells::play_id.eq_any(plays).and(recorded_cells::cells.ne(serde_json::json!({}))))
        .select((recorded_cells::play_id, recorded_cells::cells))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The newest `most` plays of a group.
pub async fn members(conn: &mut Conn, group: GroupId, most: i64) -> DbResult<Vec<PlayId>> {
    let ids: Vec<i64> = plays::table
        .filter(plays::group_id.eq(group.0))
        .order((plays::started_at.desc(), plays::id.desc()))
        .limit(most)
        .select(plays::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(PlayId).collect())
}

fn read(row: Row, item: Arc<ItemSnapshot>, stream: Arc<StreamDetail>) -> Play {
    let decision = match row.decision.as_str() {
        "direct play" => Decision::DirectPlay,
        word => Decision::parse(word),
    };
    Play {
        id: PlayId(row.id),
        session_id: SessionId(row.session_id),
        group_id: GroupId(row.group_id),
        server_id: ServerId(row.server_id),
        user_id: UserId(row.user_id),
        library_id: row.library_id.map(LibraryId),
        item,
        player: Arc::new(Player {
            title: row.player,
            machine_id: row.machine_id,
            platform: row.platform,
            product: row.product,
            address: row.address,
            ..row.player_detail.0
        }),
        location: Location::parse(&row.location, false),
        stream,
        decision,
        started_at: row.started_at,
        stopped_at: row.stopped_at,
        played_ms: row.played_ms,
        paused_ms: row.paused_ms,
        view_offset_ms: row.view_offset_ms,
        percent_complete: row.percent_complete.into(),
        watched_quarters: row.watched_quarters,
        recorded_cells: None,
    }
}
