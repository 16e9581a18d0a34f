//! The most streams at once of each day, by decision and of all.
//!
//! What lasted longer than [`LONGEST`] is a row that nobody closed in time: it counts in no peak (STA-06).

use crate::error::DbResult;
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
struct Span {
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

/// What ran at any time from `since` until before `until`.
pub(crate) async fn running(
    conn: &mut Conn,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> DbResult<Vec<Row>> {
    let sql = "SELECT started_at, stopped_at, decision FROM play_facts
               WHERE started_at > $3 AND started_at < $2 AND stopped_at > $1 AND stopped_at - started_at <= interval '2 days'";
    Ok(diesel::sql_query(sql)
        .bind::<Timestamptz, _>(since)
        .bind::<Timestamptz, _>(until)
        .bind::<Timestamptz, _>(since - LONGEST)
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
    let sql = "SELECT d::date AS day, greatest(f.started_at, d AT TIME ZONE z.zone) AS since,
                 least(f.stopped_at, (d + interval '1 day') AT TIME ZONE z.zone) AS until, f.decision
               FROM play_facts f CROSS JOIN rollup_state z CROSS JOIN LATERAL generate_series(
                 (f.started_at AT TIME ZONE z.zone)::date::timestamp, f.stopped_at AT TIME ZONE z.zone, interval '1 day') d
               WHERE f.play_id = ANY($1) AND f.stopped_at - f.started_at <= interval '2 days' AND f.stopped_at > f.started_at";
    let spans: Vec<Span> = diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).load(conn).await?;
    let peaks = sweep(conn, spans).await?;
    write(conn, &peaks).await
}

/// Sweeps whole days anew.
pub(super) async fn recompute(conn: &mut Conn, days: &[NaiveDate]) -> DbResult<()> {
    diesel::sql_query("DELETE FROM stream_peaks WHERE day = ANY($1)")
        .bind::<Array<Date>, _>(days)
        .execute(conn)
        .await?;
    let sql = "SELECT d AS day, d::timestamp AT TIME ZONE z.zone AS since, (d + 1)::timestamp AT TIME ZONE z.zone AS until,
                 NULL::smallint AS decision
               FROM unnest($1) d CROSS JOIN rollup_state z";
    let spans: Vec<Span> = diesel::sql_query(sql).bind::<Array<Date>, _>(days).load(conn).await?;
    let peaks = sweep(conn, spans).await?;
    write(conn, &peaks).await
}

/// The peaks of spans, by day and decision.
async fn sweep(conn: &mut Conn, spans: Vec<Span>) -> DbResult<Vec<(NaiveDate, i16, Peak)>> {
    let mut found = Vec::new();
    for span in spans {
        let rows = running(conn, span.since, span.until).await?;
        let peaks = of(&rows, span.since, span.until);
        // Streams of other decisions had their peaks before the play came.
        let concerns = |decision: i16| span.decision.is_none_or(|own| decision == own || decision == ALL);
        let peaks = peaks.into_iter().filter(|(decision, _)| concerns(*decision));
        found.extend(peaks.map(|(decision, peak)| (span.day, decision, peak)));
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
        .execute(conn)
        .await?;
    Ok(())
}
