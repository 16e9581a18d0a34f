//! The plays that a question is about, as rows to be summed: `n` (1 for a play), `line` (1 where a group is counted),
//! `played_ms`, and what they are counted by.

use crate::error::DbResult;
use crate::history::filter;
use crate::history::plain::{is_plain, plain};
use crate::history::sql::{Bind, Sql};
use crate::pool::Conn;
use chrono::{DateTime, Duration, Utc};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::statistics::Window;

/// Windows look so much further back for what had begun before; what lasted longer has an index of its own.
const LOOK_BACK: Duration = Duration::days(2);

/// Pauses within a group that were longer have an index of their own.
const LONG_PAUSE: Duration = Duration::days(30);

/// Whose plays of when.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub window: Window,
    pub filter: &'a HistoryFilter,
    /// IANA name of the zone whose days the filter's dates mean.
    pub zone: &'a str,
}

/// A kind of bucket: the bit that says that a play is its group's first there, and what parts buckets (of a fact `f`),
/// with a leading comma.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    pub bit: i16,
    pub parts: &'static str,
}

/// Groups count once.
pub(crate) const ONCE: Bucket = Bucket { bit: 1, parts: "" };

/// All of them are in the index by time, which is read instead of the facts themselves.
pub(super) const COLUMNS: &str = "f.user_id, f.library_id, f.title_id, f.platform_id, f.source_id, f.stream_id, f.series, f.decision, f.slot, f.started_at";

/// Whether plays run into a window that had begun long before it. Mostly none do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lasting {
    Perhaps,
    None,
}

/// Asks whether plays run into the window that had begun long before it.
pub(crate) async fn find_lasting(conn: &Conn, window: Window) -> DbResult<Lasting> {
    let Some(since) = window.since else {
        return Ok(Lasting::None);
    };
    let mut sql = Sql::default();
    sql.text("SELECT EXISTS (SELECT FROM ");
    lasting(&mut sql, since);
    sql.text(") AS holds");
    Ok(if sql.holds(conn).await? { Lasting::Perhaps } else { Lasting::None })
}

/// Appends the facts in the window as the relation `f`. What had begun long before is found by an index of its own; where there is
/// none, the rest is one stretch of one index, and the planner sees through it.
pub(crate) fn facts(sql: &mut Sql, window: Window, lasts: Lasting) {
    sql.text("(SELECT * FROM play_facts f WHERE TRUE");
    if let Some(since) = window.since {
        sql.text(" AND f.started_at >= ").bind(Bind::Time(near(since)));
        // Compared bare, the planner would take start and stop for independent, and a month for an hour.
        sql.text(" AND greatest(f.started_at, f.stopped_at) >= ").bind(Bind::Time(since));
    }
    before(sql, window.until);
    if let (Some(since), Lasting::Perhaps) = (window.since, lasts) {
        sql.text(" UNION ALL SELECT * FROM ");
        lasting(sql, since);
        before(sql, window.until);
    }
    sql.text(") f");
}

/// How far back is looked for what runs into a window, but for what lasted longer.
pub(super) fn near(since: DateTime<Utc>) -> DateTime<Utc> {
    since - LOOK_BACK
}

/// Appends the facts of what lasted longer and runs into a window, as a relation `f` with its conditions.
pub(super) fn lasting(sql: &mut Sql, since: DateTime<Utc>) {
    sql.text("play_facts f WHERE f.stopped_at - f.started_at > interval '2 days' AND f.started_at < ");
    sql.bind(Bind::Time(near(since))).text(" AND f.stopped_at >= ").bind(Bind::Time(since));
}

/// Appends the condition that the fact `f` ended before.
fn before(sql: &mut Sql, until: Option<DateTime<Utc>>) {
    if let Some(until) = until {
        sql.text(" AND f.stopped_at < ").bind(Bind::Time(until));
        sql.text(" AND f.started_at < ").bind(Bind::Time(until));
    }
}

/// Appends the condition that the fact `f`, which something else finds, lies in the window.
pub(crate) fn within(sql: &mut Sql, window: Window) {
    sql.text("TRUE");
    if let Some(since) = window.since {
        sql.text(" AND f.stopped_at >= ").bind(Bind::Time(since));
        sql.text(" AND (f.started_at >= ").bind(Bind::Time(near(since)));
        sql.text(" OR (f.stopped_at - f.started_at > interval '2 days' AND f.stopped_at >= ")
            .bind(Bind::Time(since))
            .text("))");
    }
    before(sql, window.until);
}

/// Appends what plays the question is about, as a selection of `f` without its columns: from, joins and conditions.
fn chosen(sql: &mut Sql, scope: Scope<'_>, lasts: Lasting) {
    sql.text(" FROM ");
    facts(sql, scope.window, lasts);
    if is_plain(scope.filter) {
        sql.text(" WHERE ");
        plain(sql, "f", scope.filter);
    } else {
        sql.text(
            " JOIN plays p ON p.id = f.play_id JOIN item_snapshots s ON s.id = p.snapshot_id \
             JOIN users u ON u.id = p.user_id WHERE ",
        );
        filter::shared(sql, "p", "p.group_id", scope.filter);
        filter::plays(sql, scope.filter, scope.zone);
    }
}

/// Appends the rows as a selection.
pub(crate) fn rows(sql: &mut Sql, scope: Scope<'_>, bucket: Bucket, lasts: Lasting) {
    let Bucket { bit, parts } = bucket;
    let first =
        format!("row_number() OVER (PARTITION BY f.group_id{parts} ORDER BY f.stopped_at, f.play_id) = 1");
    if !is_plain(scope.filter) {
        // Some members of a group may match and others not: who is the first is found out here.
        sql.text(&format!("SELECT {COLUMNS}, f.played_ms, 1 AS n, ({first})::int AS line"));
        chosen(sql, scope, lasts);
        return;
    }
    if let (Some(since), 1) = (scope.window.since, bit) {
        // Members follow each other in time: whoever has none before it in the window is the first.
        sql.text(&format!("SELECT {COLUMNS}, f.played_ms, 1 AS n, (f.prev_at IS NULL OR f.prev_at < "));
        sql.bind(Bind::Time(since)).text(")::int AS line");
        chosen(sql, scope, lasts);
        return;
    }
    sql.text(&format!("SELECT {COLUMNS}, f.played_ms, 1 AS n, (f.firsts & {bit} <> 0)::int AS line"));
    chosen(sql, scope, lasts);
    if let Some(since) = scope.window.since {
        sql.text(" UNION ALL ");
        resumed(sql, scope, since, bucket, lasts);
    }
}

/// Appends the lines of groups that had begun before the window: their first within it counts.
pub(crate) fn resumed(sql: &mut Sql, scope: Scope<'_>, since: DateTime<Utc>, bucket: Bucket, lasts: Lasting) {
    let Bucket { bit, parts } = bucket;
    sql.text(&format!(
        "SELECT {COLUMNS}, 0 AS played_ms, 0 AS n, 1 AS line FROM (SELECT f.*, \
         row_number() OVER (PARTITION BY f.group_id{parts} ORDER BY f.stopped_at, f.play_id) AS place"
    ));
    chosen(sql, scope, lasts);
    sql.text(
        " AND f.group_id = ANY(ARRAY(SELECT r.group_id FROM play_facts r WHERE r.prev_at IS NOT NULL AND r.prev_at < ",
    )
    .bind(Bind::Time(since))
    .text(" AND r.stopped_at >= ")
    .bind(Bind::Time(since))
    .text(" AND r.stopped_at < ")
    .bind(Bind::Time(since.checked_add_signed(LONG_PAUSE).unwrap_or(since)))
    .text(
        " UNION ALL SELECT r.group_id FROM play_facts r WHERE r.stopped_at - r.prev_at > interval '30 days' AND r.prev_at < ",
    )
    .bind(Bind::Time(since))
    .text(" AND r.stopped_at >= ")
    .bind(Bind::Time(since))
    .text(&format!("))) f WHERE f.place = 1 AND f.firsts & {bit} = 0"));
}
