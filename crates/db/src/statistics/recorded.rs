//! What is counted otherwise by the program whose history was imported: plays that had to be repaired count there as they lie.
//!
//! Everything here is a difference. For the groups in which something was repaired, all that is counted here is taken off (sign −1),
//! and all that is counted there is added (sign +1): what sums up rows adds the differences to them, and need not know why. A database
//! without such plays has none, and is not asked twice. Must not know what is summed up.

use super::source::{COLUMNS, Scope};
use crate::error::DbResult;
use crate::history::plain;
use crate::history::sql::{Bind, Sql};
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::statistics::{Counting, Total, Window};

/// Which plays are counted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    All,
    /// Those whose item was recorded.
    WithItem,
    /// Those whose stream was recorded.
    WithStream,
}

/// What a line is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines<'a> {
    /// What parts the buckets in which groups count once, here and there; with a leading comma.
    pub parts: &'a str,
    /// What parts them there alone: a group of several users is a line of each.
    pub more: &'a str,
    /// Whether plays that name no group are a line together, or none.
    pub has_nameless: bool,
}

/// Takes the wish to count as it was recorded out of a filter; false where nobody has it, or nothing was repaired.
pub(crate) async fn take(conn: &Conn, filter: &mut HistoryFilter) -> DbResult<bool> {
    Ok(std::mem::take(&mut filter.as_recorded) && plain::is_plain(filter) && is_anything(conn).await?)
}

/// Whether somebody wishes to count as it was recorded, and something was repaired.
pub(super) async fn is_asked(conn: &Conn, counting: Counting) -> DbResult<bool> {
    Ok(counting.as_recorded && is_anything(conn).await?)
}

/// Whether anything was repaired in a way that counts.
async fn is_anything(conn: &Conn) -> DbResult<bool> {
    let mut sql = Sql::default();
    sql.text("SELECT EXISTS (SELECT FROM recorded_plays) AS holds");
    sql.holds(conn).await
}

/// Appends the plays of the groups in which something was repaired as the relation `f`, those in the window: with their sign, and whether
/// they are a line's first. Who did not stop there, stopped in 1970, before every window.
fn differences(sql: &mut Sql, counted: Counted, lines: Lines<'_>, window: Window) {
    const SAME: &str = "f.play_id, f.snapshot_id, f.server_id, f.user_id, f.library_id, f.title_id, f.platform_id, f.source_id, \
        f.stream_id, f.series, f.decision, f.slot, f.started_at, f.group_id";
    const THEIRS: &str = "f.group_id = ANY(ARRAY(SELECT DISTINCT o.group_id FROM recorded_plays r JOIN play_facts o USING (play_id)))";
    let Lines { parts, more, has_nameless } = lines;
    let nameless = if has_nameless { "" } else { "f.line_key IS NOT NULL AND " };
    let more =
        if more.is_empty() { String::new() } else { format!(", CASE WHEN f.sign > 0 THEN {more} END") };
    let known = match counted {
        Counted::All => "TRUE",
        Counted::WithItem => "r.has_item IS NOT FALSE",
        Counted::WithStream => "r.has_stream IS NOT FALSE",
    };
    sql.text(&format!(
        "(SELECT f.*, ({nameless}row_number() OVER (PARTITION BY f.sign, f.line_key{parts}{more} \
           ORDER BY f.stopped_at, f.play_id) = 1)::int AS is_first FROM ( \
         SELECT {SAME}, f.stopped_at, f.played_ms, -1 AS sign, f.group_id AS line_key FROM play_facts f WHERE {THEIRS} \
         UNION ALL SELECT {SAME}, CASE WHEN r.play_id IS NULL THEN f.stopped_at ELSE to_timestamp(coalesce(r.stopped_s, 0)) END, \
           CASE WHEN r.play_id IS NULL THEN f.played_ms \
             ELSE (coalesce(r.stopped_s - r.started_s, 0) - coalesce(r.paused_s, 0)) * 1000 END, 1, \
           CASE WHEN r.is_of_group IS NOT FALSE THEN f.group_id ELSE -abs(r.named_group) END \
         FROM play_facts f LEFT JOIN recorded_plays r USING (play_id) WHERE {THEIRS} AND {known}) f WHERE TRUE"
    ));
    if let Some(since) = window.since {
        sql.text(" AND f.stopped_at >= ").bind(Bind::Time(since));
    }
    if let Some(until) = window.until {
        sql.text(" AND f.stopped_at < ").bind(Bind::Time(until));
        sql.text(" AND f.started_at < ").bind(Bind::Time(until));
    }
    sql.text(") f");
}

/// Appends the differences as a selection like that of plays (`source::rows`); `scope` has a plain filter.
pub(crate) fn rows(sql: &mut Sql, scope: Scope<'_>, counted: Counted, lines: Lines<'_>) {
    sql.text(&format!(
        "SELECT {COLUMNS}, f.sign * f.played_ms AS played_ms, f.sign AS n, f.sign * f.is_first AS line FROM "
    ));
    differences(sql, counted, lines, scope.window);
    sql.text(" WHERE ");
    plain::plain(sql, "f", scope.filter);
}

/// By what differences are added up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// A number of the difference `f`.
    pub id: &'static str,
    pub user: &'static str,
    /// A text of the play `p`.
    pub word: &'static str,
}

/// What there is more (or less) of something there.
#[derive(Debug, QueryableByName)]
pub(super) struct Difference {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = BigInt)]
    pub user_id: i64,
    #[diesel(sql_type = Text)]
    pub word: String,
    #[diesel(sql_type = BigInt)]
    plays: i64,
    #[diesel(sql_type = BigInt)]
    played_ms: i64,
}

impl Difference {
    pub(super) fn add_to(&self, total: &mut Total) {
        total.plays += self.plays;
        total.played_ms += self.played_ms;
    }
}

/// The differences by a key; `narrow` appends conditions on `f`, each with a leading AND.
pub(super) async fn sums(
    conn: &Conn,
    key: Key,
    counted: Counted,
    counting: Counting,
    since: Option<DateTime<Utc>>,
    narrow: impl FnOnce(&mut Sql),
) -> DbResult<Vec<Difference>> {
    let Key { id, user, word } = key;
    let count = if counting.grouped { "f.sign * f.is_first" } else { "f.sign" };
    // A group of several users or libraries counts for each of them.
    let lines = Lines { parts: "", more: &format!("({id}, {user})"), has_nameless: false };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT id, user_id, word, sum(counted)::bigint AS plays, sum(played_ms)::bigint AS played_ms FROM ( \
           SELECT {id} AS id, {user} AS user_id, {word} AS word, {count} AS counted, f.sign * f.played_ms AS played_ms FROM "
    ));
    differences(&mut sql, counted, lines, Window { since, until: None });
    sql.text(" JOIN plays p ON p.id = f.play_id WHERE TRUE");
    narrow(&mut sql);
    sql.text(") x GROUP BY 1, 2, 3");
    Ok(sql.into_query().load(&mut &*conn).await?)
}
