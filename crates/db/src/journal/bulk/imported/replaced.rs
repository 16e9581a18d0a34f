//! Replacing a history by an imported one, so that nothing is lost if it ends in the middle: what was there makes room by taking
//! higher numbers, stays readable meanwhile, and goes in the same transaction that ends the import.

use super::ImportedChunk;
use crate::error::DbResult;
use crate::journal::{groups, lock_stops};
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use tautulli_domain::ServerId;
use uuid::Uuid;

/// The numbers of plays that are to be replaced, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    pub first: i64,
    pub last: i64,
}

#[derive(QueryableByName)]
struct Highest {
    #[diesel(sql_type = BigInt)]
    highest: i64,
}

/// Moves the sequence of plays beyond every number that is in use or will be kept; gives the highest of them.
pub async fn reserve(conn: &mut Conn, up_to: i64) -> DbResult<i64> {
    let sql = "SELECT greatest($1, (SELECT max(id) FROM plays), (SELECT max(id) FROM play_groups),
                 (SELECT last_value FROM plays_id_seq)) AS highest";
    let Highest { highest } = diesel::sql_query(sql).bind::<BigInt, _>(up_to.max(1)).get_result(conn).await?;
    let sql = "SELECT setval('plays_id_seq', $1) AS highest";
    let _: Highest = diesel::sql_query(sql).bind::<BigInt, _>(highest).get_result(conn).await?;
    Ok(highest)
}

/// Gives all plays and groups of a server numbers beyond every other, in the same order. None where there are none. Edits of
/// them can no longer be undone: they speak of numbers that others will have.
pub async fn make_room(conn: &mut Conn, server: ServerId, up_to: i64) -> DbResult<Option<Set>> {
    // Nobody may finish a play while groups change their numbers.
    lock_stops(conn).await?;
    crate::revisions::forget(conn, server).await?;
    let shift = reserve(conn, up_to).await?;
    let sql = "WITH moved AS (UPDATE plays SET id = id + $2, group_id = group_id + $2 WHERE server_id = $1 RETURNING id)
               SELECT coalesce(max(id), 0) AS highest FROM moved";
    let Highest { highest } =
        diesel::sql_query(sql).bind::<BigInt, _>(server.0).bind::<BigInt, _>(shift).get_result(conn).await?;
    if highest == 0 {
        return Ok(None);
    }
    let sql = "UPDATE play_groups SET id = id + $2, newest_play_id = newest_play_id + $2, furthest_play_id = furthest_play_id + $2
               WHERE server_id = $1";
    diesel::sql_query(sql).bind::<BigInt, _>(server.0).bind::<BigInt, _>(shift).execute(conn).await?;
    let last = reserve(conn, highest).await?;
    Ok(Some(Set { first: shift + 1, last }))
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Removes those of the plays to be replaced that the chunk brings again.
pub(super) async fn drop_again(conn: &mut Conn, chunk: &ImportedChunk<'_>, set: Set) -> DbResult<()> {
    let sessions: Vec<Uuid> = chunk.plays.iter().map(|play| play.session_id).collect();
    let sql = "DELETE FROM plays WHERE session_id = ANY($1) AND id BETWEEN $2 AND $3 AND server_id = $4 RETURNING group_id AS id";
    let groups: Vec<Number> = diesel::sql_query(sql)
        .bind::<Array<SqlUuid>, _>(sessions)
        .bind::<BigInt, _>(set.first)
        .bind::<BigInt, _>(set.last)
        .bind::<BigInt, _>(chunk.server_id.0)
        .load(conn)
        .await?;
    settle(conn, groups).await
}

/// Removes what an import has replaced: the plays, their timelines, and groups that are empty then. Gives how many plays.
pub async fn remove(conn: &mut Conn, server: ServerId, set: Set) -> DbResult<usize> {
    lock_stops(conn).await?;
    let bound = |sql: &str| {
        diesel::sql_query(sql.to_owned())
            .bind::<BigInt, _>(server.0)
            .bind::<BigInt, _>(set.first)
            .bind::<BigInt, _>(set.last)
    };
    let timelines = "DELETE FROM session_events e USING plays p
        WHERE e.session_id = p.session_id AND p.server_id = $1 AND p.id BETWEEN $2 AND $3";
    bound(timelines).execute(conn).await?;
    let removed =
        bound("DELETE FROM plays WHERE server_id = $1 AND id BETWEEN $2 AND $3").execute(conn).await?;
    let empty = "DELETE FROM play_groups g WHERE server_id = $1 AND id BETWEEN $2 AND $3
        AND NOT EXISTS (SELECT 1 FROM plays p WHERE p.group_id = g.id)";
    bound(empty).execute(conn).await?;
    // What was watched meanwhile may have continued one of them.
    let left =
        bound("SELECT id FROM play_groups WHERE server_id = $1 AND id BETWEEN $2 AND $3").load(conn).await?;
    settle(conn, left).await?;
    Ok(removed)
}

/// Sums groups up again after plays have left them; empty ones go.
async fn settle(conn: &mut Conn, groups: Vec<Number>) -> DbResult<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = groups.into_iter().map(|group| group.id).collect();
    let sums = format!(
        "UPDATE play_groups g SET ({columns}) = ({kept})
         FROM (SELECT p.group_id, {of_plays} FROM plays p WHERE p.group_id = ANY($1) GROUP BY p.group_id) s
         WHERE g.id = s.group_id",
        columns = groups::KEPT.join(", "),
        kept = groups::kept("s"),
        of_plays = groups::of_plays(),
    );
    diesel::sql_query(sums).bind::<Array<BigInt>, _>(&ids).execute(conn).await?;
    let empty = "DELETE FROM play_groups g WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM plays p WHERE p.group_id = g.id)";
    diesel::sql_query(empty).bind::<Array<BigInt>, _>(&ids).execute(conn).await?;
    Ok(())
}
