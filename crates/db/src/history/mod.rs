//! Pages of the history: groups or single plays, by keyset or by offset.
//!
//! Groups without play-level filters are one walk over an index of `play_groups` at any size. Whatever only plays can
//! answer (dates, decisions, text …) filters plays first and sums up what is left of each group.

mod filter;
mod sql;

use crate::error::{DbError, DbResult};
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, SmallInt, Timestamptz};
use diesel_async::RunQueryDsl;
use sql::{Bind, Sql};
use tautulli_domain::history::{
    HistoryFilter, HistoryLine, HistoryOrder, HistoryTable, KeysetPage, OffsetPage,
};
use tautulli_domain::{GroupId, PlayId, Result};

/// What is asked for: `zone` is the IANA name of the zone whose days date filters mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub filter: &'a HistoryFilter,
    pub grouped: bool,
    pub zone: &'a str,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    group_id: i64,
    #[diesel(sql_type = Timestamptz)]
    date: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    stopped_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
    #[diesel(sql_type = BigInt)]
    paused_ms: i64,
    #[diesel(sql_type = SmallInt)]
    percent_complete: i16,
    #[diesel(sql_type = SmallInt)]
    watched_quarters: i16,
    #[diesel(sql_type = BigInt)]
    play_count: i64,
    #[diesel(sql_type = Array<BigInt>)]
    play_ids: Vec<i64>,
    #[diesel(sql_type = BigInt)]
    newest: i64,
    #[diesel(sql_type = BigInt)]
    furthest: i64,
}

impl From<Row> for HistoryLine {
    fn from(row: Row) -> Self {
        Self {
            group_id: GroupId(row.group_id),
            date: row.date,
            started_at: row.started_at,
            stopped_at: row.stopped_at,
            played_ms: row.played_ms,
            paused_ms: row.paused_ms,
            percent_complete: row.percent_complete.into(),
            watched_quarters: row.watched_quarters,
            play_count: row.play_count,
            play_ids: row.play_ids.into_iter().map(PlayId).collect(),
            newest: PlayId(row.newest),
            furthest: PlayId(row.furthest),
        }
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

const PLAYS: &str =
    " FROM plays p JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id WHERE ";

const SUMMED: &str = "SELECT p.group_id, p.group_id AS key, max(p.started_at) AS date, min(p.started_at) AS started_at, \
    max(p.stopped_at) AS stopped_at, sum(p.played_ms)::bigint AS played_ms, sum(p.paused_ms)::bigint AS paused_ms, \
    max(p.percent_complete) AS percent_complete, max(p.watched_quarters) AS watched_quarters, count(*) AS play_count, \
    array_agg(p.id ORDER BY p.id) AS play_ids, \
    (array_agg(p.id ORDER BY p.started_at DESC, p.id DESC))[1] AS newest, \
    (array_agg(p.id ORDER BY p.percent_complete DESC, p.id DESC))[1] AS furthest";

const KEPT: &str = "SELECT g.id AS group_id, g.id AS key, g.date, g.started_at, g.stopped_at, g.played_ms, g.paused_ms, \
    g.percent_complete, g.watched_quarters, g.play_count, \
    ARRAY(SELECT m.id FROM plays m WHERE m.group_id = g.id ORDER BY m.id) AS play_ids, \
    g.newest_play_id AS newest, g.furthest_play_id AS furthest FROM play_groups g WHERE ";

const SINGLE: &str = "SELECT p.group_id, p.id AS key, p.started_at AS date, p.started_at, p.stopped_at, p.played_ms, \
    p.paused_ms, p.percent_complete, p.watched_quarters, 1::bigint AS play_count, ARRAY[p.id] AS play_ids, \
    p.id AS newest, p.id AS furthest";

/// Appends the lines as a sub-select with the columns of [`Row`] and `key`.
fn lines(sql: &mut Sql, scope: Scope<'_>) {
    if scope.grouped && filter::is_group_level(scope.filter) {
        sql.text(KEPT);
        filter::shared(sql, "g", "g.id", scope.filter);
        return;
    }
    sql.text(if scope.grouped { SUMMED } else { SINGLE }).text(PLAYS);
    filter::shared(sql, "p", "p.group_id", scope.filter);
    filter::plays(sql, scope.filter, scope.zone);
    if scope.grouped {
        sql.text(" GROUP BY p.group_id");
    }
}

/// A page of lines, newest first, and whether there are more in the direction of travel.
pub async fn page(conn: &mut Conn, scope: Scope<'_>, page: KeysetPage) -> Result<(Vec<HistoryLine>, bool)> {
    scope.filter.validate()?;
    let mut sql = Sql::default();
    sql.text("SELECT * FROM (");
    lines(&mut sql, scope);
    sql.text(") x WHERE TRUE");
    if let Some(after) = page.after {
        sql.text(" AND (x.date, x.key) < (")
            .bind(Bind::Time(after.date))
            .text(", ")
            .bind(Bind::Int(after.id))
            .text(")");
    }
    if let Some(before) = page.before {
        sql.text(" AND (x.date, x.key) > (")
            .bind(Bind::Time(before.date))
            .text(", ")
            .bind(Bind::Int(before.id))
            .text(")");
    }
    let order = if page.backwards { "x.date, x.key" } else { "x.date DESC, x.key DESC" };
    sql.text(&format!(" ORDER BY {order} LIMIT ")).bind(Bind::Int(page.limit.saturating_add(1)));
    let rows: Vec<Row> = sql.into_query().load(conn).await.map_err(DbError::from)?;
    let wanted = usize::try_from(page.limit).unwrap_or(0);
    let more = rows.len() > wanted;
    let mut found: Vec<HistoryLine> = rows.into_iter().take(wanted).map(Into::into).collect();
    if page.backwards {
        found.reverse();
    }
    Ok((found, more))
}

/// How many lines match.
pub async fn count(conn: &mut Conn, scope: Scope<'_>) -> DbResult<i64> {
    let mut sql = Sql::default();
    sql.text("SELECT count(*) AS number FROM (");
    lines(&mut sql, scope);
    sql.text(") x");
    Ok(sql.into_query().get_result::<Number>(conn).await?.number)
}

/// A table page by offset with its footers.
pub async fn table(conn: &mut Conn, scope: Scope<'_>, page: &OffsetPage) -> Result<HistoryTable> {
    scope.filter.validate()?;
    let mut sql = Sql::default();
    sql.text("SELECT x.* FROM (");
    lines(&mut sql, scope);
    sql.text(") x");
    if page.order.iter().any(|(order, _)| is_of_play(*order)) {
        sql.text(
            " JOIN plays p ON p.id = x.furthest JOIN users u ON u.id = p.user_id \
             JOIN item_snapshots s ON s.id = p.snapshot_id",
        );
    }
    sql.text(" ORDER BY ");
    for (order, descending) in &page.order {
        sql.text(column(*order)).text(if *descending { " DESC, " } else { ", " });
    }
    sql.text("x.date DESC, x.key DESC OFFSET ").bind(Bind::Int(page.offset.max(0)));
    if let Some(limit) = page.limit {
        sql.text(" LIMIT ").bind(Bind::Int(limit.max(0)));
    }
    let rows: Vec<Row> = sql.into_query().load(conn).await.map_err(DbError::from)?;
    let found: Vec<HistoryLine> = rows.into_iter().map(Into::into).collect();
    Ok(HistoryTable {
        page_played_ms: found.iter().map(|line| line.played_ms).sum(),
        lines: found,
        filtered_count: count(conn, scope).await?,
        total_count: total(conn, scope).await?,
        total_played_ms: total_played(conn, scope).await?,
    })
}

fn is_of_play(order: HistoryOrder) -> bool {
    use HistoryOrder::{Address, Platform, Player, Product, Title, User};
    matches!(order, User | Address | Platform | Product | Player | Title)
}

fn column(order: HistoryOrder) -> &'static str {
    match order {
        HistoryOrder::Date => "x.date",
        HistoryOrder::User => "lower(coalesce(nullif(u.custom_name, ''), nullif(u.username, ''), u.title))",
        HistoryOrder::Address => "p.address",
        HistoryOrder::Platform => "lower(p.platform)",
        HistoryOrder::Product => "lower(p.product)",
        HistoryOrder::Player => "lower(p.player)",
        HistoryOrder::Title => "lower(s.full_title)",
        HistoryOrder::Started => "x.started_at",
        HistoryOrder::Paused => "x.paused_ms",
        HistoryOrder::Stopped => "x.stopped_at",
        HistoryOrder::Duration => "x.played_ms",
        HistoryOrder::Watched => "x.watched_quarters",
    }
}

/// Every play that the viewer's servers and users allow, whatever the rest of the filter says.
async fn total(conn: &mut Conn, scope: Scope<'_>) -> DbResult<i64> {
    let mut sql = Sql::default();
    sql.text("SELECT count(*) AS number FROM plays p WHERE TRUE");
    if let Some(server) = scope.filter.server_id {
        sql.text(" AND p.server_id = ").bind(Bind::Int(server.0));
    }
    Ok(sql.into_query().get_result::<Number>(conn).await?.number)
}

/// Milliseconds played by what matches the filter without its text.
async fn total_played(conn: &mut Conn, scope: Scope<'_>) -> DbResult<i64> {
    let without_text = HistoryFilter { text: None, ..scope.filter.clone() };
    let mut sql = Sql::default();
    sql.text("SELECT coalesce(sum(x.played_ms), 0)::bigint AS number FROM (");
    lines(&mut sql, Scope { filter: &without_text, ..scope });
    sql.text(") x");
    Ok(sql.into_query().get_result::<Number>(conn).await?.number)
}
