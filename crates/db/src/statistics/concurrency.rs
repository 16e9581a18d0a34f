//! Most streams at once: from the peaks of days where nothing is filtered, else by a sweep in SQL (STA-06).

use super::source::{self, Scope};
use crate::error::DbResult;
use crate::history::filter;
use crate::history::plain;
use crate::history::sql::{Bind, Sql};
use crate::pool::Conn;
use crate::rollups::peaks::{self, ALL};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, SmallInt, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;
use tautulli_domain::media::Decision;
use tautulli_domain::statistics::{Concurrency, Peak, Window};

#[derive(QueryableByName)]
pub(crate) struct Row {
    #[diesel(sql_type = Nullable<Date>)]
    pub day: Option<NaiveDate>,
    #[diesel(sql_type = SmallInt)]
    pub decision: i16,
    #[diesel(sql_type = BigInt)]
    pub peak: i64,
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    stopped_at: DateTime<Utc>,
}

/// The decision that a number of facts stands for; none for all of them.
pub(crate) fn decision(number: i16) -> Option<Decision> {
    match number {
        0 => Some(Decision::DirectPlay),
        1 => Some(Decision::Copy),
        2 => Some(Decision::Transcode),
        _ => None,
    }
}

/// The latest of the highest peaks within the window: of all, then of each decision that ran at all.
pub async fn most(conn: &mut Conn, scope: Scope<'_>) -> DbResult<Vec<Concurrency>> {
    let mut best: BTreeMap<i16, Peak> = BTreeMap::new();
    let mut take = |decision: i16, peak: Peak| {
        let known = best.entry(decision).or_insert(peak);
        if (peak.count, peak.started_at) > (known.count, known.started_at) {
            *known = peak;
        }
    };
    if plain::is_open(scope.filter) {
        for (decision, peak) in kept(conn, scope.window).await? {
            take(decision, peak);
        }
    } else {
        for row in swept(conn, scope, Swept::Everything).await? {
            take(row.decision, row.into());
        }
    }
    Ok(best.into_iter().map(|(number, peak)| Concurrency { decision: decision(number), peak }).collect())
}

impl From<Row> for Peak {
    fn from(row: Row) -> Self {
        Self { count: row.peak, started_at: row.started_at, stopped_at: row.stopped_at }
    }
}

/// The first moment of the first whole day, and of the first day that is not whole any more.
#[derive(QueryableByName)]
struct Whole {
    #[diesel(sql_type = Timestamptz)]
    since: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    until: DateTime<Utc>,
}

/// Peaks of whole days as they are kept; the rest of the window is swept.
async fn kept(conn: &mut Conn, window: Window) -> DbResult<Vec<(i16, Peak)>> {
    let whole = "SELECT coalesce((CASE WHEN d.a::date::timestamp = d.a THEN d.a ELSE d.a::date + interval '1 day' END) AT TIME ZONE z.zone,
                   '-infinity'::timestamptz) AS since, coalesce(d.b::date::timestamp AT TIME ZONE z.zone, 'infinity') AS until
                 FROM rollup_state z CROSS JOIN LATERAL (SELECT $1 AT TIME ZONE z.zone AS a, $2 AT TIME ZONE z.zone AS b) d";
    // Without bounds every day is whole; a bound far away stands for none, since moments are read back.
    let bounds = (window.since.unwrap_or(DateTime::UNIX_EPOCH), window.until);
    let far = DateTime::from_timestamp(32_503_680_000, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let whole: Whole = diesel::sql_query(whole)
        .bind::<Timestamptz, _>(bounds.0)
        .bind::<Timestamptz, _>(bounds.1.unwrap_or(far))
        .get_result(conn)
        .await?;
    let sql = "SELECT DISTINCT ON (decision) NULL::date AS day, decision, peak, started_at, stopped_at FROM stream_peaks
               WHERE day >= (SELECT ($1 AT TIME ZONE zone)::date FROM rollup_state)
                 AND day < (SELECT ($2 AT TIME ZONE zone)::date FROM rollup_state)
               ORDER BY decision, peak DESC, started_at DESC";
    let rows: Vec<Row> = diesel::sql_query(sql)
        .bind::<Timestamptz, _>(whole.since)
        .bind::<Timestamptz, _>(whole.until)
        .load(conn)
        .await?;
    let mut found: Vec<(i16, Peak)> = rows.into_iter().map(|row| (row.decision, row.into())).collect();
    let ends = [
        (window.since, Some(whole.since.min(window.until.unwrap_or(far)))),
        (window.until.map(|_| whole.until.max(bounds.0)), window.until),
    ];
    for (since, until) in ends {
        if let (Some(since), Some(until)) = (since, until)
            && since < until
        {
            let rows = peaks::running(conn, since, until).await?;
            found.extend(peaks::of(&rows, since, until));
        }
    }
    Ok(found)
}

/// What is swept on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Swept {
    Everything,
    /// Each day of the zone; a stream across midnight is on both (GRA-05).
    Days,
    /// Each day of the zone, with the streams that began on it, as far as they lasted.
    Starts,
}

/// Sweeps what the scope lets through.
pub(crate) async fn swept(conn: &mut Conn, scope: Scope<'_>, each: Swept) -> DbResult<Vec<Row>> {
    let mut sql = Sql::default();
    let (part, days, end) = match each {
        Swept::Everything => ("", "CROSS JOIN (SELECT NULL::timestamp AS g) g", "NULL"),
        Swept::Days => (
            "day, ",
            "CROSS JOIN LATERAL generate_series((f.started_at AT TIME ZONE z.zone)::date::timestamp, f.stopped_at AT TIME ZONE z.zone, \
          interval '1 day') g",
            "(g.g + interval '1 day') AT TIME ZONE z.zone",
        ),
        Swept::Starts => (
            "day, ",
            "CROSS JOIN LATERAL (SELECT (f.started_at AT TIME ZONE z.zone)::date::timestamp AS g) g",
            "NULL",
        ),
    };
    // As it was recorded, some are of no decision.
    let decision = match each {
        Swept::Starts => {
            "CASE WHEN f.play_id NOT IN (SELECT play_id FROM recorded_plays WHERE NOT has_decision) THEN f.decision END"
        }
        Swept::Everything | Swept::Days => "f.decision",
    };
    let is_plain = plain::is_plain(scope.filter);
    let joins = match is_plain {
        true => "",
        false => {
            " JOIN plays p ON p.id = f.play_id JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id"
        }
    };
    sql.text("WITH s AS (SELECT g.g::date AS day, ")
        .text(decision)
        .text(" AS decision, greatest(f.started_at, g.g AT TIME ZONE z.zone");
    bound(&mut sql, scope.window.since);
    sql.text(&format!(") AS a, least(f.stopped_at, {end}"));
    bound(&mut sql, scope.window.until);
    sql.text(&format!(
        ") AS b FROM play_facts f CROSS JOIN rollup_state z {days}{joins} WHERE f.stopped_at - f.started_at <= interval '2 days' AND "
    ));
    source::within(&mut sql, Window { since: scope.window.since, until: None });
    if let Some(until) = scope.window.until {
        sql.text(" AND f.started_at < ").bind(Bind::Time(until));
    }
    sql.text(" AND ");
    if is_plain {
        plain::plain(&mut sql, "f", scope.filter);
    } else {
        filter::shared(&mut sql, "p", "p.group_id", scope.filter);
        filter::plays(&mut sql, scope.filter, scope.zone);
    }
    sql.text(&format!(
        "), e AS (SELECT day, v.d, a AS at, 1 AS step FROM s CROSS JOIN LATERAL (VALUES ({ALL}::smallint), (s.decision)) v(d) WHERE a < b AND v.d IS NOT NULL \
           UNION ALL SELECT day, v.d, b, -1 FROM s CROSS JOIN LATERAL (VALUES ({ALL}::smallint), (s.decision)) v(d) WHERE a < b AND v.d IS NOT NULL), \
         r AS (SELECT day, d, at, step, sum(step) OVER (PARTITION BY {part}d ORDER BY at, step ROWS UNBOUNDED PRECEDING) AS running, \
           lead(at) OVER (PARTITION BY {part}d ORDER BY at, step) AS until FROM e) \
         SELECT DISTINCT ON ({part}d) {day} AS day, d AS decision, running::bigint AS peak, at AS started_at, until AS stopped_at FROM r \
         WHERE step > 0 AND until > at ORDER BY {part}d, running DESC, at DESC",
        day = if each == Swept::Everything { "NULL::date" } else { "day" },
    ));
    Ok(sql.into_query().load(conn).await?)
}

fn bound(sql: &mut Sql, at: Option<DateTime<Utc>>) {
    if let Some(at) = at {
        sql.text(", ").bind(Bind::Time(at));
    }
}
