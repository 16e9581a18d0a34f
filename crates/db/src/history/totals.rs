//! How much there is: lines and time played.

use super::plan::{Look, Plan};
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
    let plan = Plan::of(scope.filter);
    totals_of(conn, scope.by(&plan), None).await
}

/// The same, of what has been looked up already if it has.
pub(super) async fn totals_of(
    conn: &Conn,
    look: Look<'_>,
    found: Option<&Resolved>,
) -> DbResult<HistoryTotals> {
    let HistoryFilter { server_id, described, .. } = **look.plan;
    let server_alone = HistoryFilter { server_id, described, ..HistoryFilter::default() };
    // The texts of sums and of what one index has are few, and are kept.
    let (sql, is_kept) = if look.plan.is_as_asked() && **look.plan == server_alone {
        (kept(look), true)
    } else if is_of_users(look.plan) {
        (of_users(look), true)
    } else if look.grouped && look.plan.is_group_level() {
        (of_groups(look), false)
    } else {
        let looked_up;
        let found = match found {
            Some(found) => found,
            None => {
                looked_up = resolve::resolve(conn, look.plan).await?;
                &looked_up
            }
        };
        if found.is_empty() {
            return Ok(HistoryTotals::default());
        }
        (of_plays(look, found), found.names_snapshots() && walk::is_indexed(look.plan))
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

fn kept(look: Look<'_>) -> Sql {
    let lines = if look.grouped { "groups" } else { "plays" };
    let (less, less_ms) = less_bare(look);
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT (coalesce(sum({lines}), 0){less})::bigint AS lines, (coalesce(sum(played_ms), 0){less_ms})::bigint AS played_ms \
         FROM history_sums WHERE TRUE"
    ));
    if let Some(server) = look.plan.server_id {
        sql.text(" AND server_id = ").bind(Bind::Int(server.0));
    }
    sql
}

/// What to take off for bare plays, whose group may have others.
fn less_bare(look: Look<'_>) -> (String, String) {
    if !look.plan.described {
        return (String::new(), String::new());
    }
    let server = look.plan.server_id.map(|server| format!(" WHERE p.server_id = {}", server.0));
    let bare = format!("FROM bare_plays b JOIN plays p ON p.id = b.play_id{}", server.unwrap_or_default());
    let lines = if look.grouped {
        format!("SELECT count(*) FROM ({}) x", filter::BARE_GROUPS)
    } else {
        format!("SELECT count(*) {bare}")
    };
    (format!(" - ({lines})"), format!(" - (SELECT coalesce(sum(p.played_ms), 0) {bare})"))
}

/// Whether the sums of users know everything that the filter names.
fn is_of_users(plan: &Plan) -> bool {
    plan.is_as_asked() && plain::is_plain(&HistoryFilter { described: false, ..(**plan).clone() })
}

fn of_users(look: Look<'_>) -> Sql {
    let lines = if look.grouped { "lines" } else { "plays" };
    let counted = HistoryFilter { described: false, ..(**look.plan).clone() };
    let bare = |sql: &mut Sql, what: &str| {
        sql.text(&format!(" - (SELECT {what} FROM bare_plays b JOIN plays p ON p.id = b.play_id WHERE "));
        filter::shared(sql, "p", "p.group_id", &counted);
        sql.text(")");
    };
    let mut sql = Sql::default();
    sql.text(&format!("SELECT (coalesce(sum(r.{lines}), 0)"));
    match (look.plan.described, look.grouped) {
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
    if look.plan.described {
        bare(&mut sql, "coalesce(sum(p.played_ms), 0)");
    }
    sql.text(&format!(
        ")::bigint AS played_ms FROM (SELECT *, key AS user_id FROM rollups WHERE dimension = {}) r WHERE ",
        USER_EVER.0
    ));
    plain::plain(&mut sql, "r", &counted);
    sql
}

fn of_groups(look: Look<'_>) -> Sql {
    let mut sql = Sql::default();
    sql.text(
        "SELECT count(*) AS lines, coalesce(sum(g.played_ms), 0)::bigint AS played_ms FROM play_groups g WHERE ",
    );
    filter::shared(&mut sql, "g", "g.id", look.plan);
    look.plan.groups(&mut sql, "g.id");
    sql
}

fn of_plays(look: Look<'_>, found: &resolve::Resolved) -> Sql {
    let lines = if look.grouped { "count(DISTINCT p.group_id)" } else { "count(*)" };
    let unsaid = Unsaid::of(look, found);
    // Where nothing but the group's own is asked of the other plays, the group knows who speaks for it.
    let is_known = unsaid.as_ref().is_some_and(|unsaid| unsaid.plan.is_group_level());
    let groups = if is_known { " JOIN play_groups g ON g.id = p.group_id" } else { "" };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT {lines} AS lines, coalesce(sum(p.played_ms), 0)::bigint AS played_ms FROM plays p{groups} WHERE TRUE"
    ));
    if !found.names_snapshots() {
        facets::conditions(&mut sql, "p", look.plan, found);
    }
    filter::resolved(&mut sql, "p", look.plan, found, look.zone);
    if let Some(unsaid) = unsaid {
        sql.text(" AND p.id = ");
        if is_known {
            // Unless that is one that is left out.
            sql.text(&format!("CASE WHEN p.group_id NOT IN ({OTHERWISE}) THEN g.furthest_play_id ELSE "));
        }
        unsaid.speaker(&mut sql, "p", look.zone, |sql| {
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
