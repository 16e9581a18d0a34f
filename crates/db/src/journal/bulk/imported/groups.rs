//! The groups of a chunk: worked out anew where that is wanted, and their sums.

use super::{ImportedChunk, Line};
use crate::error::DbResult;
use crate::journal::bulk::groups::{Before, Predecessors};
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use std::collections::BTreeSet;
use tautulli_domain::GroupId;
use tautulli_domain::grouping::{Predecessor, join_group, join_live_group};
use tautulli_domain::session::SessionRules;

/// Gives every line the group that it belongs to by the rules, after the order of the rows (HIS-06, HIS-07).
pub(super) async fn work_out(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    rules: &SessionRules,
    lines: &mut [Line<'_>],
) -> DbResult<()> {
    let mut before = predecessors(conn, chunk, lines).await?;
    for line in lines {
        let viewing = (line.play.user_id.0, line.item_id);
        let predecessor = before.get(&viewing).copied();
        let group = match line.play.live {
            true => join_live_group(predecessor, line.play.started_at),
            false => join_group(line.play.media_kind, predecessor, &line.play.reach, &rules.watched),
        };
        line.group_id = group.map_or(line.id, |group| group.0);
        let (started_at, view_offset_ms) = (line.play.started_at, line.play.reach.view_offset_ms);
        let group_id = GroupId(line.group_id);
        before.insert(viewing, Predecessor { group_id, started_at, view_offset_ms });
    }
    Ok(())
}

/// The imported play with the highest row of every user and item of the chunk.
async fn predecessors(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    lines: &[Line<'_>],
) -> DbResult<Predecessors> {
    let viewings: BTreeSet<(i64, i64)> =
        lines.iter().map(|line| (line.play.user_id.0, line.item_id)).collect();
    let sql = "SELECT viewing.user_id, viewing.item_id, newest.group_id, newest.started_at, newest.view_offset_ms
               FROM unnest($1, $2) AS viewing(user_id, item_id)
               CROSS JOIN LATERAL (
                 SELECT group_id, started_at, view_offset_ms FROM plays p
                 WHERE p.item_id = viewing.item_id AND p.user_id = viewing.user_id AND p.session_id BETWEEN $3 AND $4
                   AND NOT coalesce(p.id BETWEEN $5 AND $6, false)
                 ORDER BY p.session_id DESC, p.id + 0 DESC LIMIT 1) AS newest";
    let rows: Vec<Before> = diesel::sql_query(sql)
        .bind::<Array<BigInt>, _>(viewings.iter().map(|viewing| viewing.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(viewings.iter().map(|viewing| viewing.1).collect::<Vec<_>>())
        .bind::<SqlUuid, _>(chunk.sessions.0)
        .bind::<SqlUuid, _>(chunk.sessions.1)
        .bind::<Nullable<BigInt>, _>(chunk.replaced.map(|set| set.first))
        .bind::<Nullable<BigInt>, _>(chunk.replaced.map(|set| set.last))
        .load(conn)
        .await?;
    Ok(Before::all(rows))
}

/// Begins new groups and adds to the others. The newest play says whose and what a group is (HIS-13).
pub(super) async fn write(conn: &mut Conn, chunk: &ImportedChunk<'_>, lines: &[Line<'_>]) -> DbResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let numbers = |of: fn(&Line<'_>) -> i64| lines.iter().map(of).collect::<Vec<i64>>();
    let small = |of: fn(&Line<'_>) -> i16| lines.iter().map(of).collect::<Vec<i16>>();
    let times = |of: fn(&Line<'_>) -> DateTime<Utc>| lines.iter().map(of).collect::<Vec<_>>();
    let sql = "WITH given AS (
                 SELECT * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS g(id, group_id, user_id, library_id,
                   item_id, kind, live, started_at, stopped_at, played_ms, paused_ms, percent_complete, watched_quarters)),
               sums AS (
                 SELECT group_id, max(started_at) AS date, min(started_at) AS started_at, max(stopped_at) AS stopped_at,
                   sum(played_ms)::bigint AS played_ms, sum(paused_ms)::bigint AS paused_ms, max(percent_complete) AS percent_complete,
                   max(watched_quarters) AS watched_quarters, count(*) AS play_count,
                   (array_agg(id ORDER BY started_at DESC, id DESC))[1] AS newest_play_id,
                   (array_agg(id ORDER BY percent_complete DESC, id DESC))[1] AS furthest_play_id
                 FROM given GROUP BY group_id)
               INSERT INTO play_groups AS g (id, server_id, user_id, library_id, item_id, kind, live, date, started_at, stopped_at,
                 played_ms, paused_ms, percent_complete, watched_quarters, play_count, newest_play_id, furthest_play_id)
               SELECT s.group_id, $1, n.user_id, n.library_id, n.item_id, n.kind, n.live, s.date, s.started_at, s.stopped_at, s.played_ms,
                 s.paused_ms, s.percent_complete, s.watched_quarters, s.play_count, s.newest_play_id, s.furthest_play_id
               FROM sums s JOIN given n ON n.id = s.newest_play_id ORDER BY s.group_id
               ON CONFLICT (id) DO UPDATE SET
                 user_id = CASE WHEN excluded.date >= g.date THEN excluded.user_id ELSE g.user_id END,
                 library_id = CASE WHEN excluded.date >= g.date THEN excluded.library_id ELSE g.library_id END,
                 item_id = CASE WHEN excluded.date >= g.date THEN excluded.item_id ELSE g.item_id END,
                 kind = CASE WHEN excluded.date >= g.date THEN excluded.kind ELSE g.kind END,
                 live = CASE WHEN excluded.date >= g.date THEN excluded.live ELSE g.live END,
                 newest_play_id = CASE WHEN excluded.date >= g.date THEN excluded.newest_play_id ELSE g.newest_play_id END,
                 furthest_play_id = CASE WHEN excluded.percent_complete >= g.percent_complete
                   THEN excluded.furthest_play_id ELSE g.furthest_play_id END,
                 date = greatest(g.date, excluded.date),
                 started_at = least(g.started_at, excluded.started_at),
                 stopped_at = greatest(g.stopped_at, excluded.stopped_at),
                 played_ms = g.played_ms + excluded.played_ms,
                 paused_ms = g.paused_ms + excluded.paused_ms,
                 percent_complete = greatest(g.percent_complete, excluded.percent_complete),
                 watched_quarters = greatest(g.watched_quarters, excluded.watched_quarters),
                 play_count = g.play_count + excluded.play_count";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<Array<BigInt>, _>(numbers(|line| line.id))
        .bind::<Array<BigInt>, _>(numbers(|line| line.group_id))
        .bind::<Array<BigInt>, _>(numbers(|line| line.play.user_id.0))
        .bind::<Array<Nullable<BigInt>>, _>(
            lines.iter().map(|line| line.play.library_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(numbers(|line| line.item_id))
        .bind::<Array<Text>, _>(lines.iter().map(|line| line.play.content.kind).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(lines.iter().map(|line| line.play.live).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(times(|line| line.play.started_at))
        .bind::<Array<Timestamptz>, _>(times(|line| line.play.stopped_at))
        .bind::<Array<BigInt>, _>(numbers(|line| line.play.played_ms))
        .bind::<Array<BigInt>, _>(numbers(|line| line.play.paused_ms))
        .bind::<Array<SmallInt>, _>(small(|line| line.play.percent_complete))
        .bind::<Array<SmallInt>, _>(small(|line| line.play.watched_quarters))
        .execute(conn)
        .await?;
    Ok(())
}
