//! The groups of a chunk: worked out anew where that is wanted, and their sums.

use super::{ImportedChunk, Line};
use crate::error::DbResult;
use crate::journal::bulk::groups::{Before, Predecessors, Sums};
use crate::pool::Conn;
use diesel::sql_types::{Array, BigInt, Nullable, Uuid as SqlUuid};
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

/// What lines add to their groups.
pub(super) fn sums(chunk: &ImportedChunk<'_>, lines: &[Line<'_>]) -> Vec<Sums> {
    let of = |line: &Line<'_>| {
        let play = line.play;
        Sums {
            id: line.group_id,
            server_id: chunk.server_id.0,
            user_id: play.user_id.0,
            library_id: play.library_id.map(|id| id.0),
            item_id: line.item_id,
            kind: play.content.kind,
            live: play.live,
            date: play.started_at,
            started_at: play.started_at,
            stopped_at: play.stopped_at,
            played_ms: play.played_ms,
            paused_ms: play.paused_ms,
            percent_complete: play.percent_complete,
            watched_quarters: play.watched_quarters,
            play_count: 1,
            newest_play_id: line.id,
            furthest_play_id: line.id,
        }
    };
    Sums::gather(lines.iter().map(of))
}
