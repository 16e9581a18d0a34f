//! Pages of the history: groups or single plays, by keyset or by offset, in any order, and their totals.

mod bound;
mod facets;
pub(crate) mod filter;
mod lines;
mod order;
pub(crate) mod plain;
mod plan;
mod recorded;
mod resolve;
mod rest;
mod speaker;
pub(crate) mod sql;
mod text;
mod totals;
mod walk;

pub use totals::{count, fold, has_trigrams, totals};

use crate::error::DbResult;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lines::Row;
use plan::{Look, Plan};
use recorded::{Place, Recorded};
use sql::Sql;
use tautulli_domain::Result;
use tautulli_domain::history::{
    Footers, HistoryCursor, HistoryFilter, HistoryLine, HistoryOrder, HistorySort, HistoryTable,
    HistoryTotals, KeysetPage, OffsetPage, PlacedLine,
};
use walk::Cut;

/// What is asked for: `zone` is the IANA name of the zone whose days date filters mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub filter: &'a HistoryFilter,
    pub grouped: bool,
    pub zone: &'a str,
}

impl<'a> Scope<'a> {
    /// The same as it is carried out.
    fn by(self, plan: &'a Plan) -> Look<'a> {
        Look { plan, grouped: self.grouped, zone: self.zone }
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Offsets up to here are passed over by walking.
const NEAR: i64 = 5_000;

/// A statement that selects the ids of all plays that match; `None` where nothing can.
pub(crate) async fn matching(conn: &Conn, scope: Scope<'_>) -> DbResult<Option<Sql>> {
    let plan = Plan::of(scope.filter);
    let found = resolve::resolve(conn, &plan).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::default();
    sql.text("SELECT p.id FROM plays p WHERE TRUE");
    facets::conditions(&mut sql, "p", &plan, &found);
    filter::resolved(&mut sql, "p", &plan, &found, scope.zone);
    Ok(Some(sql))
}

/// A page of lines in the page's order, and whether there are more in the direction of travel.
pub async fn page(conn: &Conn, scope: Scope<'_>, page: &KeysetPage) -> Result<(Vec<PlacedLine>, bool)> {
    scope.filter.validate()?;
    page.validate()?;
    let plan = Plan::of(scope.filter);
    let look = scope.by(&plan);
    let rows = if page.sort.order == HistoryOrder::Date {
        let found = resolve::resolve(conn, &plan).await?;
        walk::cut(conn, look, &found, by_date(page)).await?
    } else {
        order::page(conn, look, page).await?
    };
    let wanted = usize::try_from(page.limit).unwrap_or(0);
    let more = rows.len() > wanted;
    let mut found: Vec<PlacedLine> = rows.into_iter().take(wanted).map(|row| row.placed(page.sort)).collect();
    if page.backwards {
        found.reverse();
    }
    Ok((found, more))
}

fn by_date(page: &KeysetPage) -> Cut {
    let place = |cursor: &Option<HistoryCursor>| cursor.as_ref().map(|cursor| (cursor.date, cursor.id));
    let (after, before) = (place(&page.after), place(&page.before));
    let (older_than, newer_than) = if page.sort.descending { (after, before) } else { (before, after) };
    Cut {
        ascending: page.sort.descending == page.backwards,
        newer_than,
        older_than,
        offset: 0,
        limit: page.limit.saturating_add(1),
    }
}

/// A table page by offset with the footers that are asked for; the others are 0. `all` is what there is at all.
///
/// All of it is of one instant: what is counted is what is told, whatever ends meanwhile.
pub async fn table(
    conn: &mut Conn,
    scope: Scope<'_>,
    all: &HistoryFilter,
    page: &OffsetPage,
    footers: Footers,
) -> Result<HistoryTable> {
    scope.filter.validate()?;
    let told = conn
        .build_transaction()
        .repeatable_read()
        .read_only()
        .run(async |conn| table_now(conn, scope, all, page, footers).await)
        .await?;
    Ok(told)
}

async fn table_now(
    conn: &Conn,
    scope: Scope<'_>,
    all: &HistoryFilter,
    page: &OffsetPage,
    footers: Footers,
) -> DbResult<HistoryTable> {
    let is_recorded = scope.filter.as_recorded;
    let mut plan = Plan::of(&HistoryFilter { as_recorded: false, ..scope.filter.clone() });
    plan.as_spoken = is_recorded && plan.text.is_some();
    if is_recorded {
        recorded::carry_names(conn, &mut plan).await?;
        recorded::except_undecided(conn, &mut plan).await?;
    }
    let found = resolve::resolve(conn, &plan).await?;
    let place = if near(page).is_some() { Place::Newest } else { Place::Speaker };
    let recorded = match is_recorded {
        true => recorded::find(conn, scope.by(&plan), &found, place).await?,
        false => Recorded::nothing(),
    };
    plan.by_plays = recorded.is_mixed;
    let look = scope.by(&plan);
    let visible = plan.passing_over(recorded.passed_over());
    // Which of the lines that are one is found by its text, none but the database can say.
    let (counted, lines_less) = match plan.as_spoken {
        true => (scope.by(&visible), 0),
        false => (look, recorded.lines_less()),
    };
    // They need nothing of each other, so nobody waits for the answer before.
    let (rows, total, matching, without_text, more_ms) = futures_util::try_join!(
        rows(conn, scope.by(&visible), &found, page, !recorded.is_nothing()),
        total_count(conn, Scope { filter: all, grouped: false, ..scope }, footers),
        sums_of_matching(conn, counted, &found, footers),
        sums_without_text(conn, look, footers),
        more_without_text(conn, look, footers, &recorded),
    )?;
    let placed = |row: Row| row.placed(HistorySort::default()).1;
    let mut lines: Vec<HistoryLine> = rows.into_iter().map(placed).collect();
    recorded::tell(conn, look, &found, &recorded, &mut lines).await?;
    // Without the plays that were never described, a line may be older than it was found.
    match descending_by_date(page) {
        Some(true) => lines.sort_by_key(|line| std::cmp::Reverse(line.date)),
        Some(false) => lines.sort_by_key(|line| line.date),
        None => {}
    }
    Ok(HistoryTable {
        page_played_ms: lines.iter().map(|line| line.played_ms).sum(),
        lines,
        total_count: total,
        filtered_count: matching.lines - lines_less,
        total_played_ms: without_text.unwrap_or(matching).played_ms + more_ms,
    })
}

/// How much more was recorded of what would match without the text.
async fn more_without_text(
    conn: &Conn,
    look: Look<'_>,
    footers: Footers,
    recorded: &Recorded,
) -> DbResult<i64> {
    // Of grouped lines it was found without the text already.
    let has_text = look.plan.text.is_some() && !look.grouped;
    if !footers.total_played || recorded.is_nothing() || !has_text {
        return Ok(recorded.played_more_ms);
    }
    let plan = look.plan.without_text();
    let found = resolve::resolve(conn, &plan).await?;
    Ok(recorded::find(conn, Look { plan: &plan, ..look }, &found, Place::Newest).await?.played_more_ms)
}

async fn rows(
    conn: &Conn,
    look: Look<'_>,
    found: &resolve::Resolved,
    page: &OffsetPage,
    is_recorded: bool,
) -> DbResult<Vec<Row>> {
    match near(page) {
        Some(cut) => walk::cut(conn, look, found, cut).await,
        None => order::table(conn, look, found, page, is_recorded).await,
    }
}

async fn total_count(conn: &Conn, all: Scope<'_>, footers: Footers) -> DbResult<i64> {
    if footers.total_count { count(conn, all).await } else { Ok(0) }
}

/// What matches, if a footer tells of it.
async fn sums_of_matching(
    conn: &Conn,
    look: Look<'_>,
    found: &resolve::Resolved,
    footers: Footers,
) -> DbResult<HistoryTotals> {
    if footers.filtered_count || (footers.total_played && look.plan.text.is_none()) {
        totals::totals_of(conn, look, Some(found)).await
    } else {
        Ok(HistoryTotals::default())
    }
}

/// What would match without the text, which the time played of a table is told of; `None` where there is no text.
async fn sums_without_text(conn: &Conn, look: Look<'_>, footers: Footers) -> DbResult<Option<HistoryTotals>> {
    if !footers.total_played || look.plan.text.is_none() {
        return Ok(None);
    }
    let plan = look.plan.without_text();
    totals::totals_of(conn, Look { plan: &plan, ..look }, None).await.map(Some)
}

/// Whether a page is in order of date, and the newest come first.
fn descending_by_date(page: &OffsetPage) -> Option<bool> {
    match page.order.as_slice() {
        [] => Some(true),
        [(HistoryOrder::Date, descending)] => Some(*descending),
        _ => None,
    }
}

/// A table page in order of date that walking reaches soon.
fn near(page: &OffsetPage) -> Option<Cut> {
    let ascending = !descending_by_date(page)?;
    let (offset, limit) = (page.offset.max(0), page.limit?.max(0));
    (offset.saturating_add(limit) <= NEAR).then_some(Cut {
        ascending,
        newer_than: None,
        older_than: None,
        offset,
        limit,
    })
}
