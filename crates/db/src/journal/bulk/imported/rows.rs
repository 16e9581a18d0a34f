//! The rows of plays, and what the database has of them afterwards.

use super::{ImportedChunk, ImportedPlay, Line};
use crate::error::DbResult;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Every play begins a sitting: the other program does not say which continue one.
pub(super) async fn plays(conn: &mut Conn, chunk: &ImportedChunk<'_>, lines: &[Line<'_>]) -> DbResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let of = |of: fn(&Line<'_>) -> i64| lines.iter().map(of).collect::<Vec<i64>>();
    let small = |of: fn(&ImportedPlay) -> i16| lines.iter().map(|line| of(line.play)).collect::<Vec<i16>>();
    let text = |of: fn(&ImportedPlay) -> &str| lines.iter().map(|line| of(line.play)).collect::<Vec<&str>>();
    let time =
        |of: fn(&ImportedPlay) -> DateTime<Utc>| lines.iter().map(|line| of(line.play)).collect::<Vec<_>>();
    let sql = "INSERT INTO plays (server_id, initial, id, session_id, group_id, user_id, library_id, item_id, snapshot_id,
                 kind, live, started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision,
                 platform, product, player, machine_id, address, location, player_detail, stream_id)
               SELECT $1, true, id, session_id, group_id, user_id, library_id, item_id, snapshot_id, kind, live, started_at,
                 stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform, product,
                 player, machine_id, address, location, player_detail::jsonb, stream_id
               FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $24, $25, $26) AS given(id, session_id, group_id, user_id, library_id, item_id, snapshot_id, kind, live,
                 started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision,
                 platform, product, player, machine_id, address, location, player_detail, stream_id)";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<Array<BigInt>, _>(of(|line| line.id))
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|line| line.play.session_id).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(of(|line| line.group_id))
        .bind::<Array<BigInt>, _>(of(|line| line.play.user_id.0))
        .bind::<Array<Nullable<BigInt>>, _>(
            lines.iter().map(|line| line.play.library_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(of(|line| line.item_id))
        .bind::<Array<BigInt>, _>(of(|line| line.snapshot_id))
        .bind::<Array<Text>, _>(text(|play| play.content.kind))
        .bind::<Array<Bool>, _>(lines.iter().map(|line| line.play.live).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(time(|play| play.started_at))
        .bind::<Array<Timestamptz>, _>(time(|play| play.stopped_at))
        .bind::<Array<BigInt>, _>(of(|line| line.play.played_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play.paused_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play.reach.view_offset_ms))
        .bind::<Array<SmallInt>, _>(small(|play| play.percent_complete))
        .bind::<Array<SmallInt>, _>(small(|play| play.watched_quarters))
        .bind::<Array<Text>, _>(text(|play| play.decision))
        .bind::<Array<Text>, _>(text(|play| &play.platform))
        .bind::<Array<Text>, _>(text(|play| &play.product))
        .bind::<Array<Text>, _>(text(|play| &play.player))
        .bind::<Array<Text>, _>(text(|play| &play.machine_id))
        .bind::<Array<Text>, _>(text(|play| &play.address))
        .bind::<Array<Text>, _>(text(|play| play.location))
        .bind::<Array<Text>, _>(text(|play| &play.player_detail))
        .bind::<Array<BigInt>, _>(of(|line| line.stream_id))
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Sums {
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
}

/// Reads back what the database has of the chunk's plays, in the history or removed from it by an edit: how many, and their
/// played milliseconds.
///
/// Where the chunk `is_alone` between its first and its last session, they are read in one piece.
pub(super) async fn sums(conn: &mut Conn, chunk: &ImportedChunk<'_>, is_alone: bool) -> DbResult<(i64, i64)> {
    if let (true, Some(first), Some(last)) = (is_alone, chunk.plays.first(), chunk.plays.last()) {
        let sql = "SELECT count(*) AS plays, coalesce(sum(played_ms), 0)::bigint AS played_ms FROM plays
                   WHERE session_id BETWEEN $1 AND $2";
        let sums: Sums = diesel::sql_query(sql)
            .bind::<SqlUuid, _>(first.session_id)
            .bind::<SqlUuid, _>(last.session_id)
            .get_result(conn)
            .await?;
        return Ok((sums.plays, sums.played_ms));
    }
    let ids: Vec<Uuid> = chunk.plays.iter().map(|play| play.session_id).collect();
    let sql = "SELECT count(*) AS plays, coalesce(sum(played_ms), 0)::bigint AS played_ms FROM (
                 SELECT played_ms FROM plays WHERE session_id = ANY($1)
                 UNION ALL SELECT (content ->> 'played_ms')::bigint FROM removed_plays
                   WHERE content ->> 'session_id' = ANY($1::text[])) known";
    let sums: Sums = diesel::sql_query(sql).bind::<Array<SqlUuid>, _>(ids).get_result(conn).await?;
    Ok((sums.plays, sums.played_ms))
}
