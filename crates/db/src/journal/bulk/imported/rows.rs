//! The rows of plays, and what the database has of them afterwards.

use super::{ImportedChunk, ImportedPlay, Line};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

/// How something was watched: what many plays of a chunk have in common, so that it goes over the wire and is read once.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
struct Manner<'a> {
    kind: &'a str,
    live: bool,
    decision: &'a str,
    platform: &'a str,
    product: &'a str,
    player: &'a str,
    machine_id: &'a str,
    address: &'a str,
    location: &'a str,
    player_detail: &'a str,
}

impl<'a> Manner<'a> {
    fn of(play: &'a ImportedPlay) -> Self {
        Self {
            kind: play.content.kind,
            live: play.live,
            decision: play.decision,
            platform: &play.platform,
            product: &play.product,
            player: &play.player,
            machine_id: &play.machine_id,
            address: &play.address,
            location: play.location,
            player_detail: &play.player_detail,
        }
    }
}

/// Every play begins a sitting: the other program does not say which continue one.
pub(super) async fn plays(conn: &Conn, chunk: &ImportedChunk<'_>, lines: &[Line<'_>]) -> DbResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let of = |of: fn(&Line<'_>) -> i64| lines.iter().map(of).collect::<Vec<i64>>();
    let small = |of: fn(&ImportedPlay) -> i16| lines.iter().map(|line| of(line.play)).collect::<Vec<i16>>();
    let time =
        |of: fn(&ImportedPlay) -> DateTime<Utc>| lines.iter().map(|line| of(line.play)).collect::<Vec<_>>();
    let (mut known, mut manners) = (HashMap::new(), Vec::new());
    let mut numbers: Vec<i64> = Vec::with_capacity(lines.len());
    for line in lines {
        let manner = Manner::of(line.play);
        numbers.push(*known.entry(manner).or_insert_with(|| {
            manners.push(manner);
            i64::try_from(manners.len()).unwrap_or_default()
        }));
    }
    let text = |of: for<'b> fn(&'b Manner<'b>) -> &'b str| manners.iter().map(of).collect::<Vec<&str>>();
    let sql = "WITH manner AS MATERIALIZED (
                 SELECT number, kind, live, decision, platform, product, player, machine_id, address, location,
                   player_detail::jsonb AS player_detail
                 FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) WITH ORDINALITY AS given(kind, live, decision, platform,
                   product, player, machine_id, address, location, player_detail, number))
               INSERT INTO plays (server_id, initial, id, session_id, group_id, user_id, library_id, item_id, snapshot_id,
                 kind, live, started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision,
                 platform, product, player, machine_id, address, location, player_detail, stream_id)
               SELECT $1, true, id, session_id, group_id, user_id, library_id, item_id, snapshot_id, m.kind, m.live, started_at,
                 stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, m.decision, m.platform, m.product,
                 m.player, m.machine_id, m.address, m.location, m.player_detail, stream_id
               FROM unnest($12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27) AS given(id,
                 session_id, group_id, user_id, library_id, item_id, snapshot_id, started_at, stopped_at, played_ms, paused_ms,
                 view_offset_ms, percent_complete, watched_quarters, stream_id, manner)
               JOIN manner m ON m.number = given.manner";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<Array<Text>, _>(text(|manner| manner.kind))
        .bind::<Array<Bool>, _>(manners.iter().map(|manner| manner.live).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|manner| manner.decision))
        .bind::<Array<Text>, _>(text(|manner| manner.platform))
        .bind::<Array<Text>, _>(text(|manner| manner.product))
        .bind::<Array<Text>, _>(text(|manner| manner.player))
        .bind::<Array<Text>, _>(text(|manner| manner.machine_id))
        .bind::<Array<Text>, _>(text(|manner| manner.address))
        .bind::<Array<Text>, _>(text(|manner| manner.location))
        .bind::<Array<Text>, _>(text(|manner| manner.player_detail))
        .bind::<Array<BigInt>, _>(of(|line| line.id))
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|line| line.play.session_id).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(of(|line| line.group_id))
        .bind::<Array<BigInt>, _>(of(|line| line.play.user_id.0))
        .bind::<Array<Nullable<BigInt>>, _>(
            lines.iter().map(|line| line.play.library_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(of(|line| line.item_id))
        .bind::<Array<BigInt>, _>(of(|line| line.snapshot_id))
        .bind::<Array<Timestamptz>, _>(time(|play| play.started_at))
        .bind::<Array<Timestamptz>, _>(time(|play| play.stopped_at))
        .bind::<Array<BigInt>, _>(of(|line| line.play.played_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play.paused_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play.reach.view_offset_ms))
        .bind::<Array<SmallInt>, _>(small(|play| play.percent_complete))
        .bind::<Array<SmallInt>, _>(small(|play| play.watched_quarters))
        .bind::<Array<BigInt>, _>(of(|line| line.stream_id))
        .bind::<Array<BigInt>, _>(numbers)
        .kept()
        .execute(&mut &*conn)
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
