//! How much there is: lines and time played.

use super::resolve::{self, Resolved};
use super::speaker::{OTHERWISE, Unsaid};
use super::sql::{Bind, Sql};
use super::{Scope, facets, filter, plain, walk};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups::USER_EVER;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::RunQueryDsl;
use tautulli_domain::history::{HistoryFilter, HistoryTotals};

#[derive(QueryableByName)]
struct Sums {
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
}

/// How many lines match, and for how long they played. Without a filter both are kept sums; what says no more than whose and
/// what is summed up from those of users.
pub async fn totals(conn: &Conn, scope: Scope<'_>) -> DbResult<HistoryTotals> {
    totals_of(conn, scope, None).await
}

/// The same, of what has been looked up already if it has.
pub(super) async fn totals_of(
    conn: &Conn,
    scope: Scope<'_>,
    found: Option<&Resolved>,
) -> DbResult<HistoryTotals> {
    let HistoryFilter { server_id, described, .. } = *scope.filter;
    let server_alone = HistoryFilter { server_id, described, ..HistoryFilter::default() };
    // The texts of sums and of what one index has are few, and are kept.
    let (sql, is_kept) = if *scope.filter == server_alone {
        (kept(scope), true)
    } else if is_of_users(scope.filter) {
        (of_users(scope), true)
    } else if scope.grouped && filter::is_group_level(scope.filter) {
        (of_groups(scope), false)
    } else {
        let looked_up;
        let found = match found {
            Some(found) => found,
            None => {
                looked_up = resolve::resolve(conn, scope.filter).await?;
                &looked_up
            }
        };
        if found.is_empty() {
            return Ok(HistoryTotals::default());
        }
        (of_plays(scope, found), found.names_snapshots() && walk::is_indexed(scope.filter))
    };
    let query = sql.into_query();
    let sums: Sums = match is_kept {
        true => query.kept().get_result(&mut &*conn).await?,
        false => query.get_result(&mut &*conn).await?,
    };
    Ok(HistoryTotals { lines: sums.lines, played_ms: sums.played_ms })
}

/// How many lines match.
pub async fn count(conn: &Conn, scope: Scope<'_>) -> DbResult<i64> {
    Ok(totals(conn, scope).await?.lines)
}

fn kept(scope: Scope<'_>) -> Sql {
    let lines = if scope.grouped { "groups" } else { "plays" };
    let (less, less_ms) = less_bare(scope);
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT (coalesce(sum({lines}), 0){less})::bigint AS lines, (coalesce(sum(played_ms), 0){less_ms})::bigint AS played_ms \
         FROM history_sums WHERE TRUE"
    ));
    if let Some(server) = scope.filter.server_id {
        sql.text(" AND server_id = ").bind(Bind::Int(server.0));
    }
    sql
}

/// What to take off for bare plays, whose group may have others.
fn less_bare(scope: Scope<'_>) -> (String, String) {
    if !scope.filter.described {
        return (String::new(), String::new());
    }
    let server = scope.filter.server_id.map(|server| format!(" WHERE p.server_id = {}", server.0));
    let bare = format!("FROM bare_plays b JOIN plays p ON p.id = b.play_id{}", server.unwrap_or_default());
    let lines = if scope.grouped {
        format!("SELECT count(*) FROM ({}) x", filter::BARE_GROUPS)
    } else {
        format!("SELECT count(*) {bare}")
    };
    (format!(" - ({lines})"), format!(" - (SELECT coalesce(sum(p.played_ms), 0) {bare})"))
}

/// Whether the sums of users know everything that the filter names.
fn is_of_users(filter: &HistoryFilter) -> bool {
    !filter.by_plays && plain::is_plain(&HistoryFilter { described: false, ..filter.clone() })
}

fn of_users(scope: Scope<'_>) -> Sql {
    let lines = if scope.grouped { "lines" } else { "plays" };
    let counted = HistoryFilter { described: false, ..scope.filter.clone() };
    let bare = |sql: &mut Sql, what: &str| {
        sql.text(&format!(" - (SELECT {what} FROM bare_plays b JOIN plays p ON p.id = b.play_id WHERE "));
        filter::shared(sql, "p", "p.group_id", &counted);
        sql.text(")");
    };
    let mut sql = Sql::default();
    sql.text(&format!("SELECT (coalesce(sum(r.{lines}), 0)"));
    match (scope.filter.described, scope.grouped) {
        (false, _) => {}
        (true, false) => bare(&mut sql, "count(*)"),
        (true, true) => {
            sql.text(&format!(
                " - (SELECT count(*) FROM play_groups g WHERE g.id IN ({}) AND ",
                filter::BARE_GROUPS
            ));
            filter::shared(&mut sql, "g", "g.id", &counted);
            sql.text(")");
        }
    }
    sql.text(")::bigint AS lines, (coalesce(sum(r.played_ms), 0)");
    if scope.filter.described {
        bare(&mut sql, "coalesce(sum(p.played_ms), 0)");
    }
    sql.text(&format!(
        ")::bigint AS played_ms FROM (SELECT *, key AS user_id FROM rollups WHERE dimension = {}) r WHERE ",
        USER_EVER.0
    ));
    plain::plain(&mut sql, "r", &counted);
    sql
}

fn of_groups(scope: Scope<'_>) -> Sql {
    let mut sql = Sql::default();
    sql.text(
        "SELECT count(*) AS lines, coalesce(sum(g.played_ms), 0)::bigint AS played_ms FROM play_groups g WHERE ",
    );
    filter::shared(&mut sql, "g", "g.id", scope.filter);
    sql
}

fn of_plays(scope: Scope<'_>, found: &resolve::Resolved) -> Sql {
    let lines = if scope.grouped { "count(DISTINCT p.group_id)" } else { "count(*)" };
    let unsaid = Unsaid::of(scope, found);
    // Where nothing but the group's own is asked of the other plays, the group knows who speaks for it.
    let is_known = unsaid.as_ref().is_some_and(|unsaid| filter::is_group_level(&unsaid.filter));
    let groups = if is_known { " JOIN play_groups g ON g.id = p.group_id" } else { "" };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT {lines} AS lines, coalesce(sum(p.played_ms), 0)::bigint AS played_ms FROM plays p{groups} WHERE TRUE"
    ));
    if !found.names_snapshots() {
        facets::conditions(&mut sql, "p", scope.filter, found);
    }
    filter::resolved(&mut sql, "p", scope.filter, found, scope.zone);
    if let Some(unsaid) = unsaid {
        sql.text(" AND p.id = ");
        if is_known {
            // Unless that is one that is left out.
            sql.text(&format!("CASE WHEN p.group_id NOT IN ({OTHERWISE}) THEN g.furthest_play_id ELSE "));
        }
        unsaid.speaker(&mut sql, "p", scope.zone, |sql| {
            sql.text("q.id");
        });
        if is_known {
            sql.text(" END");
        }
    }
    sql
}

/// Folds the differences that writers have left into one row for each server.
pub async fn fold(conn: &mut Conn) -> DbResult<()> {
    diesel::sql_query(
        "WITH gone AS (DELETE FROM history_sums RETURNING server_id, plays, groups, played_ms) \
         INSERT INTO history_sums (server_id, plays, groups, played_ms) \
         SELECT server_id, sum(plays), sum(groups), sum(played_ms) FROM gone GROUP BY server_id",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether titles are found by their trigrams; without them every title is looked at.
pub async fn has_trigrams(conn: &mut Conn) -> DbResult<bool> {
    #[derive(QueryableByName)]
    struct Has {
        #[diesel(sql_type = Bool)]
        has: bool,
    }
    let has: Has = diesel::sql_query("SELECT to_regclass('item_snapshots_titles') IS NOT NULL AS has")
        .get_result(conn)
        .await?;
    Ok(has.has)
}
