//! Computing the roll-ups again from the raw plays, and saying what differed.

use super::{Number, facts, peaks, sums, titles};
use crate::error::DbResult;
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

/// Tables that are computed again: the name, what tells rows apart, and the rest.
const TABLES: [(&str, &str, &str); 5] = [
    (
        "play_facts",
        "play_id",
        "group_id, server_id, user_id, library_id, started_at, stopped_at, prev_at, played_ms, series, decision, firsts",
    ),
    (
        "rollups",
        "dimension, period, server_id, library_id, key, series, decision",
        "plays, lines, played_ms, last_at",
    ),
    ("title_users", "title_id, user_id", "plays, lines, played_ms, last_at"),
    ("titles", "digest", "plays, lines, played_ms, users, last_at"),
    ("stream_peaks", "day, decision", "peak, started_at, stopped_at"),
];

/// Computes everything again from `plays`, with days in `zone` (an IANA name), in one transaction: until it ends, others
/// read what was. Writers of plays wait. Also sums the groups of plays up again.
pub async fn rebuild(conn: &mut Conn, zone: &str) -> Result<Rebuilt> {
    let rebuilt = conn
        .transaction(async |conn| -> DbResult<Rebuilt> {
            batch(conn, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; SET LOCAL work_mem = '64MB'").await?;
            super::lock(conn).await?;
            batch(conn, "LOCK TABLE plays IN SHARE MODE").await?;
            let groups = sum_groups_up(conn).await?;
            for (table, ..) in TABLES {
                batch(conn, &format!("CREATE TEMPORARY TABLE was_{table} ON COMMIT DROP AS TABLE {table}; DELETE FROM {table}")).await?;
            }
            diesel::sql_query("UPDATE rollup_state SET zone = $1, stale = false, rebuilt_at = now()")
                .bind::<Text, _>(zone)
                .execute(conn)
                .await?;
            compute(conn).await?;
            let mut tables = vec![groups];
            for (table, key, rest) in TABLES {
                tables.push(compare(conn, table, key, rest).await?);
            }
            let plays = number(conn, "SELECT count(*) AS number FROM play_facts").await?;
            Ok(Rebuilt { plays, tables })
        })
        .await?;
    Ok(rebuilt)
}

async fn number(conn: &mut Conn, sql: &str) -> DbResult<i64> {
    Ok(diesel::sql_query(sql).get_result::<Number>(conn).await?.number)
}

async fn compute(conn: &mut Conn) -> DbResult<()> {
    // Titles keep their numbers, by which other tables know them.
    batch(conn, "INSERT INTO titles (id, digest, kind, title, artist, year) SELECT id, digest, kind, title, artist, year FROM was_titles").await?;
    let [words, names, facts] = facts::statements(facts::Which::All);
    let facts = facts.replace(" RETURNING play_id AS number", "");
    for sql in [words, names, facts] {
        batch(conn, &sql).await?;
    }
    batch(conn, "ANALYZE play_facts").await?;
    batch(conn, &continued()).await?;
    for sums in sums::all() {
        batch(conn, &sums).await?;
    }
    batch(conn, &titles::pairs()).await?;
    batch(conn, &titles::summing(false)).await?;
    batch(conn, "DELETE FROM titles WHERE plays = 0").await?;
    sweep(conn).await?;
    batch(conn, "ANALYZE rollups, titles, title_users, stream_peaks").await
}

/// Marks the members of groups of more than one; a play alone is the first everywhere.
fn continued() -> String {
    format!(
        "WITH touched AS MATERIALIZED (SELECT group_id FROM play_facts GROUP BY group_id HAVING count(*) > 1),
           m AS (SELECT f.play_id, f.group_id, f.stopped_at, f.started_at AT TIME ZONE z.zone AS local
             FROM touched JOIN play_facts f USING (group_id) CROSS JOIN rollup_state z),
           marked AS (SELECT m.play_id, {} AS firsts,
               lag(m.stopped_at) OVER (PARTITION BY m.group_id ORDER BY m.stopped_at, m.play_id) AS prev_at FROM m)
         UPDATE play_facts f SET firsts = k.firsts, prev_at = k.prev_at FROM marked k
         WHERE f.play_id = k.play_id AND (f.firsts, f.prev_at) IS DISTINCT FROM (k.firsts, k.prev_at)",
        sums::bits()
    )
}

/// Sweeps every day on which something ran.
async fn sweep(conn: &mut Conn) -> DbResult<()> {
    #[derive(QueryableByName)]
    struct Day {
        #[diesel(sql_type = Date)]
        day: NaiveDate,
    }
    let sql = "SELECT DISTINCT d::date AS day FROM (
                 SELECT DISTINCT (started_at AT TIME ZONE z.zone)::date AS a, (stopped_at AT TIME ZONE z.zone)::date AS b
                 FROM play_facts CROSS JOIN rollup_state z WHERE stopped_at - started_at <= interval '2 days') x
               CROSS JOIN LATERAL generate_series(a::timestamp, b::timestamp, interval '1 day') d ORDER BY 1";
    let days: Vec<NaiveDate> =
        diesel::sql_query(sql).load::<Day>(conn).await?.into_iter().map(|row| row.day).collect();
    for some in days.chunks(100) {
        peaks::recompute(conn, some).await?;
    }
    Ok(())
}

/// How what was there differs from what is there now.
async fn compare(conn: &mut Conn, table: &'static str, key: &str, rest: &str) -> DbResult<Difference> {
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
        "SELECT (SELECT count(*) FROM {table}) AS rows,
           (SELECT count(*) FROM (SELECT {key}, {rest} FROM {table} EXCEPT SELECT {key}, {rest} FROM was_{table}) x) AS wrong,
           (SELECT count(*) FROM (SELECT {key} FROM was_{table} EXCEPT SELECT {key} FROM {table}) x) AS surplus"
    );
    let Found { rows, wrong, surplus } = diesel::sql_query(sql).get_result(conn).await?;
    Ok(Difference { table, rows, wrong, surplus })
}

/// Sums the groups up again from their plays.
async fn sum_groups_up(conn: &mut Conn) -> DbResult<Difference> {
    let wrong = "WITH s AS (
          SELECT group_id, max(started_at) AS date, min(started_at) AS started_at, max(stopped_at) AS stopped_at,
            sum(played_ms)::bigint AS played_ms, sum(paused_ms)::bigint AS paused_ms, max(percent_complete) AS percent_complete,
            max(watched_quarters) AS watched_quarters, count(*) AS play_count
          FROM plays GROUP BY group_id),
        mended AS (
          UPDATE play_groups g SET date = s.date, started_at = s.started_at, stopped_at = s.stopped_at, played_ms = s.played_ms,
            paused_ms = s.paused_ms, percent_complete = s.percent_complete, watched_quarters = s.watched_quarters,
            play_count = s.play_count,
            newest_play_id = (SELECT p.id FROM plays p WHERE p.group_id = g.id ORDER BY p.started_at DESC, p.id DESC LIMIT 1),
            furthest_play_id = (SELECT p.id FROM plays p WHERE p.group_id = g.id ORDER BY p.percent_complete DESC, p.id DESC LIMIT 1)
          FROM s WHERE s.group_id = g.id AND (g.date, g.started_at, g.stopped_at, g.played_ms, g.paused_ms, g.percent_complete,
            g.watched_quarters, g.play_count) IS DISTINCT FROM (s.date, s.started_at, s.stopped_at, s.played_ms, s.paused_ms,
            s.percent_complete, s.watched_quarters, s.play_count)
          RETURNING 1)
        SELECT count(*) AS number FROM mended";
    let wrong = number(conn, wrong).await?;
    let surplus = "WITH gone AS (DELETE FROM play_groups g WHERE NOT EXISTS (SELECT FROM plays p WHERE p.group_id = g.id) RETURNING 1)
        SELECT count(*) AS number FROM gone";
    let surplus = number(conn, surplus).await?;
    let rows = number(conn, "SELECT count(*) AS number FROM play_groups").await?;
    Ok(Difference { table: "play_groups", rows, wrong, surplus })
}
