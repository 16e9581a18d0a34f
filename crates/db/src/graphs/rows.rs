//! The rows that a graph sums up: (day, key, series, decision, n, line, played_ms), from sums, plays, or both.

use super::{Bounds, Grain, Ground};
use crate::history::plain;
use crate::history::sql::{Bind, Sql};
use crate::rollups;
use crate::statistics::recorded::{self, Counted, Head, Lines, Way};
use crate::statistics::source::{self, Bucket as Parts, Lasting, Scope};
use tautulli_domain::graphs::{Axis, Bucket, GraphQuestion, Split};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::statistics::{Measure, Window};

/// A window of fewer whole periods is read from its plays alone.
const WORTH_IT: i64 = 2;

/// Whether sums can answer the filter: they know servers, libraries and kinds, and no users.
fn is_summed(filter: &HistoryFilter) -> bool {
    plain::is_plain(filter)
        && filter.user_ids.is_empty()
        && filter.account_ids.is_empty()
        && filter.user_names.is_empty()
        && filter.group_ids.is_empty()
}

/// What a row `f` has for its day and its key.
fn place(axis: Axis, shift: i32) -> (String, &'static str) {
    let local = "f.started_at AT TIME ZONE (SELECT zone FROM rollup_state)";
    match axis {
        Axis::Time(Bucket::Day) => (format!("({local})::date"), "0::bigint"),
        Axis::Time(Bucket::Week) => (
            format!(
                "(date_trunc('week', {local} + {shift} * interval '1 day') - {shift} * interval '1 day')::date"
            ),
            "0::bigint",
        ),
        Axis::Time(Bucket::Month) => (format!("date_trunc('month', {local})::date"), "0::bigint"),
        Axis::Time(Bucket::HourOfDay) => ("NULL::date".to_owned(), "(f.slot % 24)::bigint"),
        Axis::Time(Bucket::DayOfWeek) => ("NULL::date".to_owned(), "(f.slot / 24)::bigint"),
        Axis::Platforms => ("NULL::date".to_owned(), "f.platform_id"),
        Axis::Users => ("NULL::date".to_owned(), "f.user_id"),
        Axis::SourceResolution => ("NULL::date".to_owned(), "f.source_id"),
        Axis::StreamResolution => ("NULL::date".to_owned(), "f.stream_id"),
    }
}

/// Appends the rows as a selection, with what counts otherwise as it was recorded.
pub(super) fn rows(
    sql: &mut Sql,
    question: &GraphQuestion,
    zone: &str,
    (axis, split): (Axis, Split),
    ground: &Ground,
) {
    counted(sql, question, zone, axis, ground);
    let Some(window) = ground.recorded else { return };
    let (day, key) = place(axis, ground.grain.shift);
    sql.text(&format!(
        " UNION ALL SELECT {day} AS day, {key} AS key, f.series, f.decision, f.n, f.line, f.played_ms FROM ("
    ));
    let counted = if split == Split::Media { Counted::WithKind } else { Counted::WithDecision };
    let lines = match axis {
        _ if !question.grouped => Lines::Plays,
        Axis::Time(_) => Lines::Buckets,
        _ => Lines::Groups,
    };
    let of_pictures = matches!(axis, Axis::SourceResolution | Axis::StreamResolution);
    let is_timed =
        question.measure == Measure::Duration && (split == Split::StreamType || axis == Axis::Platforms);
    let way = Way {
        counted,
        lines,
        parts: ground.grain.parts,
        head: if of_pictures { Head::FirstOfPictures } else { Head::First },
        places_time: question.grouped && (of_pictures || is_timed),
    };
    recorded::rows(sql, Scope { window, filter: &question.filter, zone }, way);
    sql.text(") f");
}

/// Appends the rows of plays as they are.
fn counted(sql: &mut Sql, question: &GraphQuestion, zone: &str, axis: Axis, ground: &Ground) {
    let Ground { grain, bounds, lasts, .. } = ground;
    let scope = Scope { window: question.window, filter: &question.filter, zone };
    let parts = Parts { bit: grain.sums.1, parts: grain.parts };
    let (day, key) = place(axis, grain.shift);
    let columns =
        format!("SELECT {day} AS day, {key} AS key, f.series, f.decision, f.n, f.line, f.played_ms FROM (");
    let days = (bounds.whole_to - bounds.whole_from).num_days();
    let least = match grain.unit {
        "day" => WORTH_IT,
        "week" => 7 * WORTH_IT,
        _ => 28 * WORTH_IT,
    };
    if !is_summed(&question.filter) || days < least {
        sql.text(&columns);
        source::rows(sql, scope, parts, *lasts);
        sql.text(") f");
        return;
    }
    summed(sql, question, axis, grain, bounds);
    ends(sql, scope, parts, ground, &columns);
    if let Some(since) = question.window.since {
        sql.text(" UNION ALL ").text(&columns);
        source::resumed(sql, scope, since, parts, *lasts);
        sql.text(") f");
    }
}

/// The sums of all time, where what lies before the window is so little that taking it off costs less than adding up the rest.
fn ever(question: &GraphQuestion, axis: Axis, bounds: &Bounds) -> Option<i16> {
    let days = (bounds.whole_to - bounds.whole_from).num_days();
    let is_worth_it = question.window.until.is_none() && i64::from(bounds.days_before) < days / 4;
    match axis {
        Axis::Users => Some(rollups::USER_EVER.0),
        Axis::Platforms => Some(rollups::PLATFORM_EVER.0),
        _ => None,
    }
    .filter(|_| is_worth_it)
}

/// Appends the whole periods. Without an end they go on for ever.
fn summed(sql: &mut Sql, question: &GraphQuestion, axis: Axis, grain: &Grain, bounds: &Bounds) {
    if let Some(ever) = ever(question, axis, bounds) {
        sums(sql, &question.filter, ("NULL::date", ""), ever);
        sql.text(" UNION ALL ");
        sums(sql, &question.filter, ("NULL::date", "-"), grain.sums.0);
        sql.text(" AND r.period < ").bind(Bind::Date(bounds.whole_from));
        return;
    }
    let dated = matches!(axis, Axis::Time(Bucket::Day | Bucket::Week | Bucket::Month));
    let day = if dated { "r.period" } else { "NULL::date" };
    sums(sql, &question.filter, (day, ""), grain.sums.0);
    sql.text(" AND r.period >= ").bind(Bind::Date(bounds.whole_from));
    if question.window.until.is_some() {
        sql.text(" AND r.period < ").bind(Bind::Date(bounds.whole_to));
    }
}

/// Appends the sums of a dimension that the filter lets through, with a sign.
fn sums(sql: &mut Sql, filter: &HistoryFilter, (day, sign): (&str, &str), dimension: i16) {
    sql.text(&format!(
        "SELECT {day} AS day, r.key, r.series, r.decision, {sign}r.plays AS n, {sign}r.lines AS line, {sign}r.played_ms AS played_ms \
         FROM rollups r WHERE r.dimension = {dimension} AND "
    ));
    plain::plain(sql, "r", filter);
}

/// Appends what of the window lies outside its whole periods, and takes away what of these ended after the window.
fn ends(sql: &mut Sql, scope: Scope<'_>, parts: Parts, ground: &Ground, columns: &str) {
    let Ground { bounds, lasts, .. } = ground;
    let bit = parts.bit;
    let of = |sign: &str| {
        format!(
            " UNION ALL {columns}SELECT f.*, {sign}1 AS n, {sign}(f.firsts & {bit} <> 0)::int AS line FROM (SELECT f.started_at, \
             f.series, f.decision, f.platform_id, f.user_id, f.source_id, f.stream_id, f.firsts, f.slot, {sign}f.played_ms AS played_ms \
             FROM "
        )
    };
    let mut end =
        |sign: &str, window: Window, lasts: Lasting, more: &[(&str, chrono::DateTime<chrono::Utc>)]| {
            sql.text(&of(sign));
            source::facts(sql, window, lasts);
            sql.text(" WHERE TRUE");
            for (condition, at) in more {
                sql.text(condition).bind(Bind::Time(*at));
            }
            sql.text(" AND ");
            plain::plain(sql, "f", scope.filter);
            sql.text(") f) f");
        };
    let Window { since, until } = scope.window;
    if since.is_some() {
        // Began before the first whole period: at the latest two days after it ended, but for the few that are indexed.
        let window = Window { since, until };
        end("", window, *lasts, &[(" AND f.started_at < ", bounds.whole_since)]);
    }
    if let Some(until) = until {
        let window = Window { since: None, until: Some(until) };
        end("", window, Lasting::None, &[(" AND f.started_at >= ", bounds.whole_until)]);
        let straddling = Window { since: Some(until), until: None };
        end(
            "-",
            straddling,
            Lasting::Perhaps,
            &[(" AND f.started_at < ", bounds.whole_until), (" AND f.started_at >= ", bounds.whole_since)],
        );
    }
}
