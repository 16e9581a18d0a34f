//! Computing the roll-ups again from the raw plays, and saying what differed.

use super::anew::Anew;
use super::{Number, facts, peaks, sums, titles};
use crate::error::DbResult;
use crate::journal::groups;
use crate::pool::{Conn, batch};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use tautulli_domain::Result;

/// Rows of one table that were not as the raw plays say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub table: &'static str,
    /// Rows that there are now.
    pub rows: i64,
    /// Rows that were missing or said something else.
    pub wrong: i64,
    /// Rows that should not have been there.
    pub surplus: i64,
}

/// What a rebuild found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Plays counted.
    pub plays: i64,
    pub tables: Vec<Difference>,
}

impl Rebuilt {
    /// Whether everything was as the raw plays say.
    pub fn was_true(&self) -> bool {
        self.tables.iter().all(|table| table.wrong == 0 && table.surplus == 0)
    }
}

/// Computes everything again from `plays`, with days in `zone` (an IANA name), in one transaction: until it ends, others
/// read what was. Writers of plays wait. Also sums the groups of plays up again. Says what had been wrong.
pub async fn rebuild(conn: &mut Conn, zone: &str) -> Result<Rebuilt> {
    let rebuilt = conn
        .transaction(async |conn| -> DbResult<Rebuilt> {
            begin(conn, zone).await?;
            let mut tables = vec![sum_groups_up(conn).await?];
            batch(conn, "CREATE TEMPORARY TABLE was_stream_peaks ON COMMIT DROP AS TABLE stream_peaks")
                .await?;
            let made = compute(conn).await?;
            for (table, key, rest) in TABLES {
                tables.push(compare(conn, table, key, rest, table, &format!("{table}_anew")).await?);
            }
            tables.push(compare_peaks(conn).await?);
            tables.push(take_over(conn, made).await?);
            let plays = number(conn, "SELECT count(*) AS number FROM play_facts").await?;
            Ok(Rebuilt { plays, tables })
        })
        .await?;
    tidy(conn).await;
    Ok(rebuilt)
}

/// The same after plays have been written without being counted, by somebody who has kept their groups true: looks for no
/// mistakes.
pub async fn recount(conn: &mut Conn, zone: &str) -> Result<()> {
    conn.transaction(async |conn| -> DbResult<()> {
        begin(conn, zone).await?;
        let made = compute(conn).await?;
        take_over(conn, made).await?;
        Ok(())
    })
    .await?;
    tidy(conn).await;
    Ok(())
}

/// Lets windows be read from their index alone. Everything is written by then; where this takes too long, PostgreSQL does it by
/// itself some time later.
async fn tidy(conn: &mut Conn) {
    drop(batch(conn, "VACUUM play_facts").await);
}

/// Tables that are made anew: the name, what tells rows apart, and the rest.
const TABLES: [(&str, &str, &str); 3] = [
    (
        "play_facts",
        "play_id",
        "group_id, snapshot_id, server_id, user_id, library_id, started_at, stopped_at, prev_at, played_ms, series, decision, slot, firsts",
    ),
    (
        "rollups",
        "dimension, period, server_id, library_id, key, series, decision",
        "plays, lines, played_ms, last_at",
    ),
    ("title_users", "title_id, user_id", "plays, lines, played_ms, last_at"),
];

async fn begin(conn: &mut Conn, zone: &str) -> DbResult<()> {
    batch(
        conn,
        "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; SET LOCAL work_mem = '64MB'",
    )
    .await?;
    super::lock(conn).await?;
    batch(conn, "LOCK TABLE plays IN SHARE MODE").await?;
    diesel::sql_query("UPDATE rollup_state SET zone = $1, stale = false, rebuilt_at = now()")
        .bind::<Text, _>(zone)
        .execute(conn)
        .await?;
    Ok(())
}

async fn number(conn: &mut Conn, sql: &str) -> DbResult<i64> {
    Ok(diesel::sql_query(sql).get_result::<Number>(conn).await?.number)
}

/// Computes the tables anew, beside those that are read meanwhile. Titles keep their numbers, by which other tables know them.
async fn compute(conn: &mut Conn) -> DbResult<[Anew; 3]> {
    let [facts, rollups, pairs] = TABLES.map(|(table, ..)| table);
    let facts = Anew::begin(conn, facts).await?;
    let rollups = Anew::begin(conn, rollups).await?;
    let pairs = Anew::begin(conn, pairs).await?;
    for sql in facts::all(&facts.name) {
        batch(conn, &sql).await?;
    }
    batch(conn, "DROP TABLE told; DROP TABLE marked").await?;
    facts.dress(conn).await?;
    for sql in sums::all(&facts.name, &rollups.name) {
        batch(conn, &sql).await?;
    }
    rollups.dress(conn).await?;
    batch(conn, &titles::pairs(&facts.name, &pairs.name)).await?;
    pairs.dress(conn).await?;
    sweep(conn, &facts.name).await?;
    Ok([facts, rollups, pairs])
}

/// Puts the new tables in the place of the old ones. Tells how titles differ from what they were.
async fn take_over(conn: &mut Conn, made: [Anew; 3]) -> DbResult<Difference> {
    for anew in made {
        anew.take_over(conn).await?;
    }
    let wrong = diesel::sql_query(titles::summing(false)).execute(conn).await?;
    let surplus = "DELETE FROM titles t WHERE NOT EXISTS (SELECT FROM title_users u WHERE u.title_id = t.id)";
    let surplus = diesel::sql_query(surplus).execute(conn).await?;
    batch(conn, "ANALYZE titles, stream_peaks").await?;
    let rows = number(conn, "SELECT count(*) AS number FROM titles").await?;
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    Ok(Difference { table: "titles", rows, wrong: count(wrong), surplus: count(surplus) })
}

/// Sweeps every day on which something ran; the days of the sums are still there.
async fn sweep(conn: &mut Conn, facts: &str) -> DbResult<()> {
    #[derive(QueryableByName)]
    struct Day {
        #[diesel(sql_type = Date)]
        day: NaiveDate,
    }
    // What begins on a day may run into the next two.
    let sql =
        "SELECT DISTINCT d.local::date + n AS day FROM days d CROSS JOIN generate_series(0, 2) n ORDER BY 1";
    let days: Vec<NaiveDate> =
        diesel::sql_query(sql).load::<Day>(conn).await?.into_iter().map(|row| row.day).collect();
    batch(conn, "DELETE FROM stream_peaks").await?;
    for some in days.chunks(100) {
        peaks::recompute_from(conn, facts, some).await?;
    }
    Ok(())
}

async fn compare_peaks(conn: &mut Conn) -> DbResult<Difference> {
    let rest = "peak, started_at, stopped_at";
    compare(conn, "stream_peaks", "day, decision", rest, "was_stream_peaks", "stream_peaks").await
}

/// How what was there differs from what is there now.
async fn compare(
    conn: &mut Conn,
    table: &'static str,
    key: &str,
    rest: &str,
    was: &str,
    now: &str,
) -> DbResult<Difference> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        rows: i64,
        #[diesel(sql_type = BigInt)]
        wrong: i64,
        #[diesel(sql_type = BigInt)]
        surplus: i64,
    }
    let sql = format!(
        "SELECT (SELECT count(*) FROM {now}) AS rows,
           (SELECT count(*) FROM (SELECT {key}, {rest} FROM {now} EXCEPT SELECT {key}, {rest} FROM {was}) x) AS wrong,
           (SELECT count(*) FROM (SELECT {key} FROM {was} EXCEPT SELECT {key} FROM {now}) x) AS surplus"
    );
    let Found { rows, wrong, surplus } = diesel::sql_query(sql).get_result(conn).await?;
    Ok(Difference { table, rows, wrong, surplus })
}

/// Sums the groups up again from their plays.
async fn sum_groups_up(conn: &mut Conn) -> DbResult<Difference> {
    let wrong = format!(
        "WITH s AS (SELECT p.group_id, {of_plays} FROM plays p GROUP BY p.group_id),
           mended AS (
             UPDATE play_groups g SET ({columns}) = ({kept}) FROM s
             WHERE s.group_id = g.id AND ({was}) IS DISTINCT FROM ({kept}) RETURNING 1)
         SELECT count(*) AS number FROM mended",
        of_plays = groups::of_plays(),
        columns = groups::KEPT.join(", "),
        kept = groups::kept("s"),
        was = groups::kept("g"),
    );
    let wrong = number(conn, &wrong).await?;
    let surplus = "WITH gone AS (DELETE FROM play_groups g WHERE NOT EXISTS (SELECT FROM plays p WHERE p.group_id = g.id) RETURNING 1)
        SELECT count(*) AS number FROM gone";
    let surplus = number(conn, surplus).await?;
    let rows = number(conn, "SELECT count(*) AS number FROM play_groups").await?;
    Ok(Difference { table: "play_groups", rows, wrong, surplus })
}
