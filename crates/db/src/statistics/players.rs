//! The players of users (STA-08).

use super::recorded::{self, Counted, Key};
use super::watch_time::{About, Limits, MOST, limited, these};
use crate::error::DbResult;
use crate::history::sql::{Bind, Sql};
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use std::cmp::Reverse;
use tautulli_domain::UserId;
use tautulli_domain::statistics::{Counting, Total};

/// A user's plays on a player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerRow {
    pub user_id: UserId,
    pub player: String,
    /// An import found nothing there, not even an empty text; told apart where that was asked for.
    pub is_nothing: bool,
    /// Of the newest play.
    pub platform: String,
    pub total: Total,
    pub last_at: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct PlayerSum {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    player: String,
    #[diesel(sql_type = Bool)]
    is_nothing: bool,
    #[diesel(sql_type = Text)]
    platform: String,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
}

/// The players of users, the most used first.
pub async fn players(
    conn: &mut Conn,
    users: &[UserId],
    limits: &Limits,
    counting: Counting,
) -> DbResult<Vec<PlayerRow>> {
    // On each player once.
    let count = if counting.grouped { "count(DISTINCT f.group_id)" } else { "count(*)" };
    let about = About::Users(users.to_vec());
    let narrow = |sql: &mut Sql| these(sql, &about, limits);
    let groups = recorded::groups(conn, counting, narrow).await?;
    let (nothing, told) = recorded::nothing("p", "player", counting.as_recorded);
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT f.user_id AS id, p.player, {nothing} AS is_nothing, (array_agg(p.platform ORDER BY f.started_at DESC, f.play_id DESC))[1] AS platform, \
         {count} AS plays, sum(f.played_ms)::bigint AS played_ms, max(f.started_at) AS last_at \
         FROM play_facts f JOIN plays p ON p.id = f.play_id{told} WHERE f.user_id = ANY("
    ))
    .bind(Bind::Ints(users.iter().map(|id| id.0).collect()))
    .text(")");
    limited(&mut sql, "f.user_id", "f.library_id", limits);
    sql.text(" GROUP BY 1, 2, 3 ORDER BY plays DESC, last_at DESC LIMIT ").bind(Bind::Int(MOST));
    let rows: Vec<PlayerSum> = sql.into_query().kept().load(conn).await?;
    let read = |row: PlayerSum| PlayerRow {
        user_id: UserId(row.id),
        player: row.player,
        is_nothing: row.is_nothing,
        platform: row.platform,
        total: Total { plays: row.plays, played_ms: row.played_ms },
        last_at: row.last_at,
    };
    let mut found: Vec<PlayerRow> = rows.into_iter().map(read).collect();
    if !groups.is_empty() {
        let key = Key { id: "0::bigint", user: "f.user_id", word: "p.player", counts_for_each: true };
        for difference in recorded::sums(conn, key, Counted::All, counting, (None, &groups), narrow).await? {
            let of =
                |row: &&mut PlayerRow| row.user_id.0 == difference.user_id && row.player == difference.word;
            found.iter_mut().find(of).into_iter().for_each(|row| difference.add_to(&mut row.total));
        }
        found.sort_by_key(|row| Reverse((row.total.plays, row.last_at)));
    }
    Ok(found)
}
