//! The sums of titles over all time, from those of each user with each title.

use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;

/// The sums of titles by their pairs with users. A condition follows.
const SUMS: &str = "SELECT title_id, sum(plays)::bigint AS plays, sum(lines)::bigint AS lines, sum(played_ms)::bigint AS played_ms,
    count(*) AS users, max(last_at) AS last_at FROM title_users";

/// The statement that sums titles up; with `these`, `$1` is the titles' numbers.
pub(super) fn summing(these: bool) -> String {
    let which = if these { "WHERE title_id = ANY($1)" } else { "" };
    format!(
        "UPDATE titles t SET plays = s.plays, lines = s.lines, played_ms = s.played_ms, users = s.users, last_at = s.last_at
         FROM ({SUMS} {which} GROUP BY title_id) s WHERE t.id = s.title_id
           AND (t.plays, t.lines, t.played_ms, t.users, t.last_at) IS DISTINCT FROM (s.plays, s.lines, s.played_ms, s.users, s.last_at)"
    )
}

/// Sums titles up from their pairs with users.
pub(super) async fn sum_up(conn: &mut Conn, titles: &[i64]) -> DbResult<()> {
    diesel::sql_query(summing(true)).bind::<Array<BigInt>, _>(titles).kept().execute(conn).await?;
    Ok(())
}

/// After plays have gone: pairs without plays go, and titles without pairs; the newest start of the others is looked up.
pub(super) async fn recall_last(conn: &mut Conn, titles: &[i64]) -> DbResult<()> {
    let statements = [
        "DELETE FROM title_users WHERE title_id = ANY($1) AND plays = 0",
        "DELETE FROM titles t WHERE t.id = ANY($1) AND NOT EXISTS (SELECT FROM title_users u WHERE u.title_id = t.id)",
        "UPDATE title_users u SET last_at = (
           SELECT max(f.started_at) FROM play_facts f WHERE f.title_id = u.title_id AND f.user_id = u.user_id)
         WHERE u.title_id = ANY($1) AND NOT EXISTS (
           SELECT FROM play_facts f WHERE f.title_id = u.title_id AND f.started_at = u.last_at AND f.user_id = u.user_id)",
    ];
    for sql in statements {
        diesel::sql_query(sql).bind::<Array<BigInt>, _>(titles).execute(conn).await?;
    }
    Ok(())
}

/// The statement that computes all pairs from the facts in `facts` into `table`, which is empty.
pub(super) fn pairs(facts: &str, table: &str) -> String {
    format!(
        "INSERT INTO {table} (title_id, user_id, plays, lines, played_ms, last_at)
         SELECT title_id, user_id, count(*), sum(firsts & 1), sum(played_ms), max(started_at) FROM {facts}
         WHERE title_id IS NOT NULL GROUP BY 1, 2"
    )
}
