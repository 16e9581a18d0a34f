//! Pages in an order other than the date's: everything that matches is sorted, and cut.

use super::filter;
use super::lines::{self, Row};
use super::plan::Look;
use super::resolve::Resolved;
use super::speaker::{FURTHEST, OTHERWISE, Unsaid};
use super::sql::{Bind, Sql};
use super::text;
use crate::error::DbResult;
use crate::pool::Conn;
use crate::users::{SHOWN_NAME, recorded_name};
use diesel_async::RunQueryDsl;
use std::borrow::Cow;
use tautulli_domain::history::{HistoryCursor, HistoryOrder, HistorySort, KeysetPage, OffsetPage};

/// Which play of a line says its user, title and device.
#[derive(Debug, Clone, Copy)]
enum Speaker {
    Newest,
    /// The legacy API's choice.
    Furthest,
    /// The same as it was recorded, among those plays that were described.
    Recorded,
}

/// A keyset page and one line more, in the direction of travel.
pub(super) async fn page(conn: &Conn, look: Look<'_>, page: &KeysetPage) -> DbResult<Vec<Row>> {
    let expression = column(page.sort.order);
    let mut sql = Sql::default();
    sql.text(&format!("SELECT x.*, ({expression})::text AS sort_value FROM ("));
    lines::all(&mut sql, look);
    sql.text(") x");
    if is_of_play(page.sort.order) {
        join(&mut sql, Speaker::Newest);
    }
    sql.text(" WHERE TRUE");
    for (cursor, forward) in [(&page.after, true), (&page.before, false)] {
        if let Some(cursor) = cursor {
            beyond(&mut sql, page.sort, cursor, forward);
        }
    }
    let direction = |descending: bool| if descending != page.backwards { "DESC" } else { "ASC" };
    let (own, rest) = (direction(page.sort.descending), direction(true));
    sql.text(&format!(" ORDER BY {expression} {own}, x.date {rest}, x.key {rest} LIMIT "))
        .bind(Bind::Int(page.limit.saturating_add(1)));
    Ok(sql.into_query().load(&mut &*conn).await?)
}

/// Appends " AND …": what comes after the cursor, or before it.
fn beyond(sql: &mut Sql, sort: HistorySort, cursor: &HistoryCursor, forward: bool) {
    let expression = column(sort.order);
    let value = |sql: &mut Sql| {
        sql.bind(Bind::Text(cursor.value.clone())).text(cast(sort.order));
    };
    let comparison = |down: bool| if down == forward { "<" } else { ">" };
    sql.text(&format!(" AND ({expression} {} ", comparison(sort.descending)));
    value(sql);
    sql.text(&format!(" OR ({expression} = "));
    value(sql);
    sql.text(&format!(" AND (x.date, x.key) {} (", comparison(true)))
        .bind(Bind::Time(cursor.date))
        .text(", ")
        .bind(Bind::Int(cursor.id))
        .text(")))");
}

/// A page by offset in any orders; as it was recorded, what was nothing is less than any text.
pub(super) async fn table(
    conn: &Conn,
    look: Look<'_>,
    found: &Resolved,
    page: &OffsetPage,
    is_recorded: bool,
) -> DbResult<Vec<Row>> {
    let mut sql = Sql::default();
    sql.text("SELECT x.*, '' AS sort_value FROM (");
    // Text that is looked for in the speakers of lines leaves no play out of a line.
    let sought = look.plan.sought().filter(|_| look.grouped && look.plan.as_spoken);
    match sought {
        Some(_) => lines::all(&mut sql, Look { plan: &look.plan.without_text(), ..look }),
        None => lines::all(&mut sql, look),
    }
    sql.text(") x");
    let orders = || page.order.iter().map(|(order, _)| *order);
    if sought.is_some() || orders().any(is_of_play) {
        join(&mut sql, if is_recorded { Speaker::Recorded } else { Speaker::Furthest });
    }
    if is_recorded && orders().any(is_of_play) {
        sql.text(" LEFT JOIN recorded_cells c ON c.play_id = p.id");
    }
    if is_recorded && orders().any(is_of_line) {
        recorded_lines(&mut sql, look, found);
    }
    if let Some(sought) = sought {
        sql.text(" WHERE TRUE");
        text::contains(&mut sql, &sought);
    }
    sql.text(" ORDER BY ");
    for (order, descending) in &page.order {
        match recorded_column(*order).filter(|_| is_recorded) {
            Some(recorded) => {
                sql.text(&recorded).text(if *descending { " DESC NULLS LAST, " } else { " NULLS FIRST, " })
            }
            None => sql.text(&column(*order)).text(if *descending { " DESC, " } else { ", " }),
        };
    }
    sql.text("x.date DESC, x.key DESC OFFSET ").bind(Bind::Int(page.offset.max(0)));
    if let Some(limit) = page.limit {
        sql.text(" LIMIT ").bind(Bind::Int(limit.max(0)));
    }
    Ok(sql.into_query().load(&mut &*conn).await?)
}

fn join(sql: &mut Sql, speaker: Speaker) {
    let play: Cow<'_, str> = match speaker {
        Speaker::Newest => "x.newest".into(),
        Speaker::Furthest => "x.furthest".into(),
        Speaker::Recorded => format!(
            "CASE WHEN x.group_id NOT IN ({OTHERWISE}) THEN x.furthest ELSE coalesce((SELECT q.id FROM plays q \
               WHERE q.id = ANY(x.play_ids) AND q.id NOT IN (SELECT play_id FROM bare_plays) ORDER BY {FURTHEST} LIMIT 1), x.furthest) END"
        )
        .into(),
    };
    sql.text(&format!(
        " JOIN plays p ON p.id = {play} JOIN users u ON u.id = p.user_id JOIN item_snapshots s ON s.id = p.snapshot_id"
    ));
}

fn is_of_play(order: HistoryOrder) -> bool {
    use HistoryOrder::{Address, Length, Platform, Player, Product, Title, User};
    matches!(order, User | Address | Platform | Product | Player | Title | Length)
}

fn is_of_line(order: HistoryOrder) -> bool {
    use HistoryOrder::{Duration, Paused, Row, Started, Stopped};
    matches!(order, Duration | Paused | Row | Started | Stopped)
}

/// Appends the join of what was recorded of lines in which a play had to be repaired, as `d`: of those of their plays that are found.
fn recorded_lines(sql: &mut Sql, look: Look<'_>, found: &Resolved) {
    let unsaid = Unsaid::of(look, found);
    let (plan, found) = unsaid.as_ref().map_or((look.plan, found), |unsaid| (&unsaid.plan, &unsaid.found));
    // What has no line of its own belongs to another one.
    let plan = plan.passing_over(Vec::new());
    let key = if look.grouped { "q.group_id" } else { "q.id" };
    // Lines that name no group, or the same that never was, are one.
    let whole = |sum: &str, column: &str| match look.grouped {
        true => format!(
            "CASE WHEN is_elsewhere THEN {sum}({column}) OVER (PARTITION BY is_elsewhere, named_group) ELSE {column} END AS {column}"
        ),
        false => column.to_owned(),
    };
    let [paused, played, stopped, started] = [
        whole("sum", "paused_ms"),
        whole("sum", "played_ms"),
        whole("max", "stopped_at"),
        whole("min", "started_at"),
    ];
    sql.text(&format!(
        " LEFT JOIN (SELECT key, {paused}, {played}, {stopped}, {started}, is_elsewhere, named_group FROM (SELECT {key} AS key, \
             sum(CASE WHEN r.play_id IS NULL THEN q.paused_ms ELSE coalesce(r.paused_s, 0) * 1000 END) AS paused_ms, \
             sum(CASE WHEN r.play_id IS NULL THEN q.played_ms WHEN r.stopped_s > 0 THEN (r.stopped_s - r.started_s) * 1000 ELSE 0 END \
               - CASE WHEN r.play_id IS NULL THEN 0 ELSE coalesce(r.paused_s, 0) * 1000 END) AS played_ms, \
             max(CASE WHEN r.play_id IS NULL THEN q.stopped_at ELSE to_timestamp(r.stopped_s) END) AS stopped_at, \
             min(q.started_at) AS started_at, bool_or(r.is_of_group IS FALSE) AS is_elsewhere, min(r.named_group) FILTER (WHERE NOT r.is_of_group) AS named_group \
           FROM plays q LEFT JOIN recorded_plays r ON r.play_id = q.id \
           WHERE q.group_id IN (SELECT o.group_id FROM recorded_plays m JOIN plays o ON o.id = m.play_id)"
    ));
    filter::resolved(sql, "q", &plan, found, look.zone);
    sql.text(" GROUP BY 1) e) d ON d.key = x.key");
}

/// What has no length is longer than anything.
const LENGTH: &str = "coalesce((s.detail ->> 'duration_ms')::bigint, 9223372036854775807)";

fn column(order: HistoryOrder) -> Cow<'static, str> {
    let fixed = match order {
        HistoryOrder::Date => "x.date",
        HistoryOrder::User => return format!("lower({SHOWN_NAME})").into(),
        HistoryOrder::Address => "p.address",
        HistoryOrder::Platform => "lower(p.platform)",
        HistoryOrder::Product => "lower(p.product)",
        HistoryOrder::Player => "lower(p.player)",
        HistoryOrder::Title => "lower(s.full_title)",
        HistoryOrder::Started => "x.started_at",
        HistoryOrder::Paused => "x.paused_ms",
        HistoryOrder::Stopped => "x.stopped_at",
        HistoryOrder::Duration => "x.played_ms",
        HistoryOrder::Length => LENGTH,
        HistoryOrder::Watched => "x.watched_quarters",
        HistoryOrder::Row => "x.key",
    };
    fixed.into()
}

/// The same where an import found nothing, not even an empty text; `None` where that is no other. Whoever is known from plays alone has no
/// name of their own.
fn recorded_column(order: HistoryOrder) -> Option<String> {
    let here = column(order);
    let cell = match order {
        HistoryOrder::User => return Some(format!("lower({})", recorded_name())),
        HistoryOrder::Paused => return Some(format!("coalesce(d.paused_ms, {here})")),
        HistoryOrder::Duration => return Some(format!("coalesce(d.played_ms, {here})")),
        HistoryOrder::Started => return Some(format!("coalesce(d.started_at, {here})")),
        HistoryOrder::Stopped => {
            return Some(format!("CASE WHEN d.key IS NULL THEN {here} ELSE d.stopped_at END"));
        }
        HistoryOrder::Length => {
            // Nothing is less than any number, and an empty text is more.
            return Some(format!(
                "CASE WHEN NOT c.cells ? 'item_duration' OR c.cells IS NULL THEN {LENGTH} WHEN c.cells ->> 'item_duration' = '' THEN 9223372036854775807 END"
            ));
        }
        HistoryOrder::Row => {
            return Some(format!("CASE WHEN d.is_elsewhere THEN d.named_group ELSE {here} END"));
        }
        HistoryOrder::Address => "ip_address",
        HistoryOrder::Platform => "platform",
        HistoryOrder::Product => "product",
        HistoryOrder::Player => "player",
        HistoryOrder::Title => "full_title",
        _ => return None,
    };
    Some(format!("CASE WHEN c.cells ? '{cell}' THEN lower(c.cells ->> '{cell}') ELSE {here} END"))
}

/// What makes a cursor's text the column's type again.
fn cast(order: HistoryOrder) -> &'static str {
    use HistoryOrder::{Date, Duration, Length, Paused, Row, Started, Stopped, Watched};
    match order {
        Date | Started | Stopped => "::text::timestamptz",
        Paused | Duration | Length | Watched | Row => "::text::bigint",
        _ => "::text",
    }
}
