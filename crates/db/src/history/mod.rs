//! Pages of the history: groups or single plays, by keyset or by offset, in any order, and their totals.

mod facets;
pub(crate) mod filter;
mod lines;
mod order;
pub(crate) mod plain;
mod resolve;
pub(crate) mod sql;
mod totals;
mod walk;

pub use totals::{count, fold, has_trigrams, totals};

use crate::error::DbResult;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lines::Row;
use sql::Sql;
use tautulli_domain::Result;
use tautulli_domain::history::{
    Footers, HistoryCursor, HistoryFilter, HistoryLine, HistoryOrder, HistorySort, HistoryTable, KeysetPage,
    OffsetPage, PlacedLine,
};
use walk::Cut;

/// What is asked for: `zone` is the IANA name of the zone whose days date filters mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub filter: &'a HistoryFilter,
    pub grouped: bool,
    pub zone: &'a str,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Offsets up to here are passed over by walking.
const NEAR: i64 = 5_000;

/// A statement that selects the ids of all plays that match; `None` where nothing can.
pub(crate) async fn matching(conn: &mut Conn, scope: Scope<'_>) -> DbResult<Option<Sql>> {
    let found = resolve::resolve(conn, scope.filter).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::default();
    sql.text("SELECT p.id FROM plays p WHERE TRUE");
    facets::conditions(&mut sql, "p", scope.filter, &found);
    filter::resolved(&mut sql, "p", scope.filter, &found, scope.zone);
    Ok(Some(sql))
}

/// A page of lines in the page's order, and whether there are more in the direction of travel.
pub async fn page(conn: &mut Conn, scope: Scope<'_>, page: &KeysetPage) -> Result<(Vec<PlacedLine>, bool)> {
    scope.filter.validate()?;
    page.validate()?;
    let rows = if page.sort.order == HistoryOrder::Date {
        walk::cut(conn, scope, by_date(page)).await?
    } else {
        order::page(conn, scope, page).await?
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
pub async fn table(
    conn: &mut Conn,
    scope: Scope<'_>,
    all: &HistoryFilter,
    page: &OffsetPage,
    footers: Footers,
) -> Result<HistoryTable> {
    scope.filter.validate()?;
    let rows = match near(page) {
        Some(cut) => walk::cut(conn, scope, cut).await?,
        None => order::table(conn, scope, page).await?,
    };
    let placed = |row: Row| row.placed(HistorySort::default()).1;
    let lines: Vec<HistoryLine> = rows.into_iter().map(placed).collect();
    let mut table = HistoryTable {
        page_played_ms: lines.iter().map(|line| line.played_ms).sum(),
        lines,
        ..HistoryTable::default()
    };
    if footers.total_count {
        table.total_count = count(conn, Scope { filter: all, grouped: false, ..scope }).await?;
    }
    let without_text = HistoryFilter { text: None, ..scope.filter.clone() };
    if footers.filtered_count || (footers.total_played && scope.filter.text.is_none()) {
        let found = totals(conn, scope).await?;
        (table.filtered_count, table.total_played_ms) = (found.lines, found.played_ms);
    }
    if footers.total_played && scope.filter.text.is_some() {
        table.total_played_ms = totals(conn, Scope { filter: &without_text, ..scope }).await?.played_ms;
    }
    Ok(table)
}

/// A table page in order of date that walking reaches soon.
fn near(page: &OffsetPage) -> Option<Cut> {
    let ascending = match page.order.as_slice() {
        [] => false,
        [(HistoryOrder::Date, descending)] => !descending,
        _ => return None,
    };
    let (offset, limit) = (page.offset.max(0), page.limit?.max(0));
    (offset.saturating_add(limit) <= NEAR).then_some(Cut {
        ascending,
        newer_than: None,
        older_than: None,
        offset,
        limit,
    })
}
