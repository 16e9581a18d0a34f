//! Whether anything can match a filter at all, by what sums know: they answer at once where a walk would look at every play to
//! find nothing. Must not be asked for numbers: sums know only part of what a filter says.

use super::plain;
use super::resolve::Resolved;
use super::sql::{Bind, Sql};
use crate::error::DbResult;
use crate::pool::Conn;
use crate::rollups::{PLATFORM_EVER, USER_EVER};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::media::Decision;

/// What facts have for a decision; everything that is neither copied nor converted is played directly.
fn number(decision: Decision) -> i64 {
    match decision {
        Decision::DirectPlay | Decision::Burn => 0,
        Decision::Copy => 1,
        Decision::Transcode => 2,
    }
}

/// `false` where no play has the filter's server, users, libraries, kinds and decisions together.
pub(super) async fn may_match(conn: &Conn, filter: &HistoryFilter, found: &Resolved) -> DbResult<bool> {
    let dimension = if found.users.is_some() { USER_EVER.0 } else { PLATFORM_EVER.0 };
    let mut sql = Sql::default();
    // While they are made anew, sums know nothing.
    sql.text(&format!(
        "SELECT (SELECT stale FROM rollup_state) OR EXISTS (SELECT FROM rollups r WHERE r.dimension = {dimension} \
         AND r.period = 'epoch' AND r.plays > 0"
    ));
    if let Some(server) = filter.server_id {
        sql.text(" AND r.server_id = ").bind(Bind::Int(server.0));
    }
    let series = plain::series_of(&filter.kinds);
    let decisions = (!filter.decisions.is_empty())
        .then(|| filter.decisions.iter().copied().map(number).collect::<Vec<i64>>());
    for (column, wanted) in [
        ("key", &found.users),
        ("library_id", &found.libraries),
        ("series", &series),
        ("decision", &decisions),
    ] {
        if let Some(wanted) = wanted {
            sql.text(&format!(" AND r.{column} = ANY(")).bind(Bind::Ints(wanted.clone())).text(")");
        }
    }
    sql.text(") AS holds");
    sql.holds(conn).await
}
