//! The most streams at once of each day, by decision and of all.
//!
//! What lasted longer than [`LONGEST`] is a row that nobody closed in time: it counts in no peak (STA-06).

use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, SmallInt, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::statistics::{Peak, Stretch, peak};

/// Nothing that lasted longer counts as a stream.
pub(crate) const LONGEST: Duration = Duration::days(2);
/// The decision that means all of them.
pub(crate) const ALL: i16 = -1;
/// Up to so many new plays are looked at one by one; with more, whole days are swept.
const FEW: usize = 20;
/// So many spans are read at once: a month of whole days.
const AT_ONCE: usize = 31;
/// Where counted plays are.
const FACTS: &str = "play_facts";

#[derive(QueryableByName)]
pub(crate) struct Row {
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    stopped_at: DateTime<Utc>,
    #[diesel(sql_type = SmallInt)]
    decision: i16,
}

/// A stretch of a day: a whole one, or what of it a play ran.
#[derive(QueryableByName)]
pub(super) struct Span {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    since: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    until: DateTime<Utc>,
    /// Of the play; none where a whole day is meant.
    #[diesel(sql_type = Nullable<SmallInt>)]
    decision: Option<i16>,
}

/// What ran at any time from `since` until before `until`, in the order of the starts. Few plays last for hours, and those have
/// an index of their own.
pub(crate) async fn running(
    conn: &mut Conn,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> DbResult<Vec<Row>> {
    let sql = "SELECT started_at, stopped_at, decision FROM play_facts
         WHERE started_at > $1 - interval '6 hours' AND started_at < $2 AND stopped_at > $1
           AND stopped_at - started_at <= interval '6 hours'
         UNION ALL
         SELECT started_at, stopped_at, decision FROM play_facts
         WHERE started_at > $3 AND started_at < $2 AND stopped_at > $1
           AND stopped_at - started_at > interval '6 hours' AND stopped_at - started_at <= interval '2 days'
         ORDER BY started_at";
    load(conn, sql, since, until).await
}

/// The same of a table that has no indexes yet.
async fn running_in(
    conn: &mut Conn,
    facts: &str,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> DbResult<Vec<Row>> {
    let sql = format!(
        "SELECT started_at, stopped_at, decision FROM {facts}
         WHERE started_at > $3 AND started_at < $2 AND stopped_at > $1 AND stopped_at - started_at <= interval '2 days'
         ORDER BY started_at"
    );
    load(conn, &sql, since, until).await
}

async fn load(conn: &mut Conn, sql: &str, since: DateTime<Utc>, until: DateTime<Utc>) -> DbResult<Vec<Row>> {
    Ok(diesel::sql_query(sql)
        .bind::<Timestamptz, _>(since)
        .bind::<Timestamptz, _>(until)
        .bind::<Timestamptz, _>(since - LONGEST)
        .kept()
        .load(conn)
        .await?)
}

/// The peaks of rows within a stretch of time, of all and of each decision that has one.
pub(crate) fn of(rows: &[Row], since: DateTime<Utc>, until: DateTime<Utc>) -> Vec<(i16, Peak)> {
    let of = |decision: i16| {
        let meant = rows.iter().filter(|row| decision == ALL || row.decision == decision);
        let stretches: Vec<Stretch> =
            meant.map(|row| Stretch { started_at: row.started_at, stopped_at: row.stopped_at }).collect();
        peak(&stretches, since, until).map(|peak| (decision, peak))
    };
    [ALL, 0, 1, 2].into_iter().filter_map(of).collect()
}

/// After plays have been counted. One play can only raise peaks, and only while it ran.
pub(super) async fn raise(conn: &mut Conn, plays: &[i64]) -> DbResult<()> {
    if plays.len() > FEW {
        let days = super::facts::days(conn, plays).await?;
        return recompute(conn, &days).await;
    }
    let spans = spans(conn, plays).await?;
    raise_within(conn, spans).await
}

/// When counted plays ran, by day.
pub(super) async fn spans(conn: &Conn, plays: &[i64]) -> DbResult<Vec<Span>> {
    let sql = "SELECT d::date AS day, greatest(f.started_at, d AT TIME ZONE z.zone) AS since,
                 least(f.stopped_at, (d + interval '1 day') AT TIME ZONE z.zone) AS until, f.decision
               FROM play_facts f CROSS JOIN rollup_state z CROSS JOIN LATERAL generate_series(
                 (f.started_at AT TIME ZONE z.zone)::date::timestamp, f.stopped_at AT TIME ZONE z.zone, interval '1 day') d
               WHERE f.play_id = ANY($1) AND f.stopped_at - f.started_at <= interval '2 days' AND f.stopped_at > f.started_at";
    Ok(diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).kept().load(&mut &*conn).await?)
}

/// After plays have been counted that ran then.
pub(super) async fn raise_within(conn: &mut Conn, spans: Vec<Span>) -> DbResult<()> {
    let peaks = sweep(conn, FACTS, spans).await?;
    write(conn, &peaks).await
}

/// Sweeps whole days anew.
pub(super) async fn recompute(conn: &mut Conn, days: &[NaiveDate]) -> DbResult<()> {
    recompute_from(conn, FACTS, days).await
}

/// Sweeps whole days anew, of the facts in a table.
pub(super) async fn recompute_from(conn: &mut Conn, facts: &str, days: &[NaiveDate]) -> DbResult<()> {
    diesel::sql_query("DELETE FROM stream_peaks WHERE day = ANY($1)")
        .bind::<Array<Date>, _>(days)
        .execute(conn)
        .await?;
    let sql = "SELECT d AS day, d::timestamp AT TIME ZONE z.zone AS since, (d + 1)::timestamp AT TIME ZONE z.zone AS until,
                 NULL::smallint AS decision
               FROM unnest($1) d CROSS JOIN rollup_state z";
    let spans: Vec<Span> = diesel::sql_query(sql).bind::<Array<Date>, _>(days).load(conn).await?;
    let peaks = sweep(conn, facts, spans).await?;
    write(conn, &peaks).await
}

/// The peaks of spans, by day and decision. Spans that lie near each other are read together.
async fn sweep(conn: &mut Conn, facts: &str, mut spans: Vec<Span>) -> DbResult<Vec<(NaiveDate, i16, Peak)>> {
    spans.sort_unstable_by_key(|span| span.since);
    let mut found = Vec::new();
    for near in spans.chunk_by(|one, next| next.since - one.until < Duration::days(1)) {
        for some in near.chunks(AT_ONCE) {
            let since = some.iter().map(|span| span.since).min().unwrap_or_default();
            let until = some.iter().map(|span| span.until).max().unwrap_or_default();
            let rows = match facts {
                FACTS => running(conn, since, until).await?,
                _ => running_in(conn, facts, since, until).await?,
            };
            for span in some {
                let first = rows.partition_point(|row| row.started_at <= span.since - LONGEST);
                let end = rows.partition_point(|row| row.started_at < span.until);
                let peaks = of(rows.get(first..end).unwrap_or_default(), span.since, span.until);
                // Streams of other decisions had their peaks before the play came.
                let concerns =
                    |decision: i16| span.decision.is_none_or(|own| decision == own || decision == ALL);
                let peaks = peaks.into_iter().filter(|(decision, _)| concerns(*decision));
                found.extend(peaks.map(|(decision, peak)| (span.day, decision, peak)));
            }
        }
    }
    Ok(found)
}

/// Keeps the higher peak of each day, the later one of equals.
async fn write(conn: &mut Conn, peaks: &[(NaiveDate, i16, Peak)]) -> DbResult<()> {
    let sql = "INSERT INTO stream_peaks AS p (day, decision, peak, started_at, stopped_at)
               SELECT DISTINCT ON (day, decision) * FROM unnest($1, $2, $3, $4, $5) g(day, decision, peak, started_at, stopped_at)
               ORDER BY day, decision, peak DESC, started_at DESC
               ON CONFLICT (day, decision) DO UPDATE SET peak = excluded.peak, started_at = excluded.started_at,
                 stopped_at = excluded.stopped_at WHERE (excluded.peak, excluded.started_at) > (p.peak, p.started_at)";
    diesel::sql_query(sql)
        .bind::<Array<Date>, _>(peaks.iter().map(|line| line.0).collect::<Vec<_>>())
        .bind::<Array<SmallInt>, _>(peaks.iter().map(|line| line.1).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(peaks.iter().map(|line| line.2.count).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(peaks.iter().map(|line| line.2.started_at).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(peaks.iter().map(|line| line.2.stopped_at).collect::<Vec<_>>())
        .kept()
        .execute(conn)
        .await?;
    Ok(())
}
