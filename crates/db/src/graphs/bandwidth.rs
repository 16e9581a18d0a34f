//! The most bandwidth that streams had at once on each day: a sweep over the plays of a window, by what the server last reserved for each.

use super::columns::{Value, dated, day_number, filled};
use super::{Bounds, bounds, grain};
use crate::error::{DbError, DbResult};
use crate::history::filter;
use crate::history::sql::{Bind, Sql};
use crate::pool::Conn;
use crate::statistics::source;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, SmallInt};
use diesel_async::RunQueryDsl;
use tautulli_domain::graphs::{Axis, Bucket, Graph, GraphQuestion, MAX_SWEPT_DAYS, SeriesKind, buckets};
use tautulli_domain::statistics::Window;
use tautulli_domain::{Error, Result};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = SmallInt)]
    line: i16,
    #[diesel(sql_type = BigInt)]
    kbits: i64,
}

/// The lines with the numbers that the sweep has for them.
const LINES: [(i16, SeriesKind); 3] =
    [(0, SeriesKind::Local), (1, SeriesKind::Remote), (2, SeriesKind::Total)];

/// kbit/s that nobody has: what is more was never measured.
const ABSURD: i64 = 100_000_000;

/// The most bandwidth at once on each day of the window, in kbit/s: in the local network, from elsewhere, and of all. Plays of which
/// the server never said anything count nothing.
///
/// # Errors
/// `Invalid` for more than [`MAX_SWEPT_DAYS`].
pub async fn bandwidth(conn: &mut Conn, question: &GraphQuestion, zone: &str) -> Result<Graph> {
    question.validate()?;
    let bounds = bounds(conn, question, &grain(Axis::Time(Bucket::Day), true)).await?;
    if (bounds.last - bounds.first).num_days() > MAX_SWEPT_DAYS {
        return Err(Error::invalid(format!(
            "Bandwidth is told of at most {MAX_SWEPT_DAYS} days at once; choose a shorter window"
        )));
    }
    let days = buckets(Bucket::Day, bounds.first, bounds.last, true)?;
    let rows = swept(conn, question, zone, &bounds).await?;
    let value = |row: &Row| Value { split: row.line, column: day_number(row.day), value: row.kbits };
    Ok(filled(dated(days), rows.iter().map(value), LINES.into_iter()))
}

async fn swept(conn: &mut Conn, question: &GraphQuestion, zone: &str, bounds: &Bounds) -> DbResult<Vec<Row>> {
    // Whole days, as those of the streams at once are.
    let since = question.window.since.map(|_| bounds.whole_since - chrono::Duration::days(1));
    let mut sql = Sql::default();
    sql.text(
        "WITH s AS (SELECT g.g::date AS day, CASE p.location WHEN 'lan' THEN 0 ELSE 1 END::smallint AS line, b.kbits, \
           greatest(f.started_at, g.g AT TIME ZONE z.zone) AS a, least(f.stopped_at, (g.g + interval '1 day') AT TIME ZONE z.zone) AS b \
         FROM play_facts f CROSS JOIN rollup_state z JOIN plays p ON p.id = f.play_id \
           JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id \
           CROSS JOIN LATERAL generate_series((f.started_at AT TIME ZONE z.zone)::date::timestamp, f.stopped_at AT TIME ZONE z.zone, \
             interval '1 day') g \
           CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(p.player_detail -> 'bandwidth') = 'number' \
             THEN (p.player_detail ->> 'bandwidth')::numeric END AS kbits) b \
         WHERE f.stopped_at - f.started_at <= interval '2 days' AND b.kbits > 0 AND b.kbits < ",
    )
    .bind(Bind::Int(ABSURD))
    .text(" AND ");
    source::within(&mut sql, Window { since, until: None });
    if let Some(until) = question.window.until {
        sql.text(" AND f.started_at < ").bind(Bind::Time(until));
    }
    sql.text(" AND ");
    filter::shared(&mut sql, "p", "p.group_id", &question.filter);
    filter::plays(&mut sql, &question.filter, zone);
    // What ends makes room for what begins at the same moment.
    sql.text(
        "), e AS (SELECT s.day, v.line, s.a AS at, s.kbits FROM s CROSS JOIN LATERAL (VALUES (s.line), (2::smallint)) v(line) WHERE s.a < s.b \
           UNION ALL SELECT s.day, v.line, s.b, -s.kbits FROM s CROSS JOIN LATERAL (VALUES (s.line), (2::smallint)) v(line) WHERE s.a < s.b), \
         r AS (SELECT day, line, sum(kbits) OVER (PARTITION BY day, line ORDER BY at, kbits ROWS UNBOUNDED PRECEDING) AS kbits FROM e) \
         SELECT day, line, max(kbits)::bigint AS kbits FROM r GROUP BY 1, 2",
    );
    sql.into_query().load(conn).await.map_err(DbError::from)
}
