//! What is counted otherwise by the program whose history was imported: plays that had to be repaired count there as they lie.
//!
//! Everything here is a difference. For the groups in which something was repaired, and for those that did not go on as they began, all
//! that is counted here is taken off (sign −1), and all that is counted there is added (sign +1): what sums up rows adds the differences
//! to them, and need not know why. A database without such plays has none, and is not asked twice. Must not know what is summed up.

use super::source::{self, COLUMNS, Lasting, Scope};
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
    /// Those whose item was recorded, and whether it was live.
    WithKind,
    /// Those whose stream was recorded, and its decision.
    WithDecision,
}

/// What is one line there.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lines {
    /// A group with all its plays that are found, where its first play is; what names no group is one together.
    Groups,
    /// The same of each kind of media.
    Kinds,
    /// The same in each bucket.
    Buckets,
    /// Every play; whoever asks makes lines of them.
    Plays,
}

/// Where a line is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// Where the play with its lowest number is.
    First,
    /// Where the first of its episodes, or else of its films, stopped: that is how these are walked through there.
    FirstOfPictures,
}

impl Head {
    /// By what the first is found, and what more parts lines, with a leading comma.
    fn order(self) -> (&'static str, &'static str) {
        match self {
            Self::First => ("f.play_id", ""),
            Self::FirstOfPictures => ("f.series = 1, f.stopped_at, f.play_id", ", f.series IN (0, 1, 3)"),
        }
    }
}

/// How rows are made of what is counted there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'a> {
    pub counted: Counted,
    pub lines: Lines,
    /// What parts the buckets in which groups count once here, with a leading comma.
    pub parts: &'a str,
    pub head: Head,
    /// Whether it is asked where the time of a line is: then groups that did not go on as they began are looked at too.
    pub places_time: bool,
}

/// What says that nothing at all was recorded in a column of a play, and the join that this needs; always false where nobody asks.
pub(super) fn nothing(play: &str, column: &'static str, as_recorded: bool) -> (String, String) {
    if !as_recorded {
        return ("false".to_owned(), String::new());
    }
    let join = format!(" LEFT JOIN recorded_cells c ON c.play_id = {play}.id");
    (format!("coalesce(c.cells ? '{column}', false)"), join)
}

/// Takes the wish to count as it was recorded out of a filter; false where nobody has it, or nothing is counted otherwise.
pub(crate) async fn take(conn: &Conn, filter: &mut HistoryFilter) -> DbResult<bool> {
    let is_wished = std::mem::take(&mut filter.as_recorded) && plain::is_plain(filter);
    Ok(is_wished && (is_anything(conn).await? || is_mixed(conn).await?))
}

/// Whether somebody wishes to count as it was recorded, and something was repaired.
pub(super) async fn is_asked(conn: &Conn, counting: Counting) -> DbResult<bool> {
    Ok(counting.as_recorded && is_anything(conn).await?)
}

/// Whether anything was repaired in a way that counts.
pub(crate) async fn is_anything(conn: &Conn) -> DbResult<bool> {
    let mut sql = Sql::default();
    sql.text("SELECT EXISTS (SELECT FROM recorded_plays) AS holds");
    sql.holds(conn).await
}

/// Whether any group did not go on as it began.
async fn is_mixed(conn: &Conn) -> DbResult<bool> {
    let mut sql = Sql::default();
    sql.text("SELECT EXISTS (SELECT FROM mixed_groups) AS holds");
    sql.holds(conn).await
}

/// Of a play, by what it is counted.
const PLACES: [&str; 9] = [
    "user_id",
    "library_id",
    "title_id",
    "platform_id",
    "source_id",
    "stream_id",
    "series",
    "decision",
    "started_at",
];

/// What a play is of, live or not, with a leading comma: a title is of one kind.
const KIND: &str = ", (SELECT t.kind FROM titles t WHERE t.id = f.title_id)";

/// Appends the numbers of the groups that are counted otherwise, as an array. Repaired plays may have been in the window there and not here;
/// the others are looked for where they are.
fn concerned(sql: &mut Sql, places_time: bool, window: Window) {
    sql.text("ARRAY(SELECT o.group_id FROM recorded_plays r JOIN play_facts o USING (play_id)");
    if places_time {
        sql.text(" UNION SELECT m.group_id FROM mixed_groups m");
    }
    if places_time && !window.is_everything() {
        sql.text(" JOIN ");
        source::facts(sql, window, Lasting::Perhaps);
        sql.text(" USING (group_id)");
    }
    sql.text(")");
}

/// Appends the plays of the groups that are counted otherwise as the relation `f`, those in the window: with their sign, and whether
/// they are a line's first. Who did not stop there, stopped in 1970, before every window. What is counted here is still to be filtered
/// ([`found_here`]).
fn differences(
    sql: &mut Sql,
    way: Way<'_>,
    (window, filter): (Window, Option<&HistoryFilter>),
    groups: Option<&[i64]>,
) {
    const SAME: &str = "f.play_id, f.snapshot_id, f.server_id, f.slot, f.group_id";
    const SOURCE: &str = "CASE WHEN c.cells ? 'video_full_resolution' THEN (SELECT w.id FROM rollup_words w WHERE w.word = '') ELSE f.source_id END";
    let Way { counted, lines, parts, head, places_time } = way;
    let theirs = |sql: &mut Sql| {
        sql.text("f.group_id = ANY(");
        match groups {
            Some(groups) => {
                sql.bind(Bind::Ints(groups.to_vec()));
            }
            None => concerned(sql, places_time, window),
        }
        sql.text(")");
    };
    let (order, apart) = head.order();
    let known = match counted {
        Counted::All => "true",
        Counted::WithItem => "r.has_item IS NOT FALSE",
        Counted::WithKind => "r.has_item IS NOT FALSE AND r.has_kind IS NOT FALSE",
        Counted::WithDecision => "r.has_stream IS NOT FALSE AND r.has_decision IS NOT FALSE",
    };
    let more = match lines {
        Lines::Groups => apart,
        Lines::Kinds => KIND,
        Lines::Buckets | Lines::Plays => parts,
    };
    // What stands where its group's first play stands.
    let is_headed = !matches!(lines, Lines::Plays);
    let headed = |column: &str| match is_headed {
        true => format!(
            "CASE WHEN f.sign > 0 THEN first_value(f.{column}) OVER heads ELSE f.{column} END AS {column}"
        ),
        false => format!("f.{column}"),
    };
    let placed = PLACES.map(headed).join(", ");
    let places = PLACES.map(|column| format!("f.{column}")).join(", ");
    // What came of other columns here, or is nothing, and stands for itself there.
    let recorded = places.replace("f.source_id", SOURCE).replace(
        "f.library_id",
        &format!("CASE WHEN c.cells ? 'section_id' THEN {NAMELESS} ELSE f.library_id END"),
    );
    sql.text(&format!(
        "(SELECT {SAME}, {placed}, {is_known}, f.stopped_at, f.played_ms, f.sign, f.line_key, CASE WHEN f.sign < 0 \
           THEN (row_number() OVER (PARTITION BY f.sign, f.group_id{parts} ORDER BY f.stopped_at, f.play_id) = 1)::int \
           ELSE (row_number() OVER (PARTITION BY f.sign, f.line_key{more} ORDER BY f.stopped_at, f.play_id) = 1)::int \
           END AS is_first FROM ( \
         SELECT {SAME}, {places}, f.stopped_at, f.played_ms, -1 AS sign, f.group_id AS line_key, true AS is_known \
         FROM play_facts f WHERE ",
        is_known = headed("is_known"),
    ));
    theirs(sql);
    sql.text(&format!(
        " UNION ALL SELECT {SAME}, {recorded}, \
           CASE WHEN r.play_id IS NULL THEN f.stopped_at ELSE to_timestamp(coalesce(r.stopped_s, 0)) END, \
           CASE WHEN r.play_id IS NULL THEN f.played_ms \
             ELSE (coalesce(r.stopped_s - r.started_s, 0) - coalesce(r.paused_s, 0)) * 1000 END, 1, \
           CASE WHEN r.is_of_group IS NOT FALSE THEN f.group_id ELSE -abs(r.named_group) END, {known} \
         FROM play_facts f LEFT JOIN recorded_plays r USING (play_id) LEFT JOIN recorded_cells c USING (play_id) WHERE "
    ));
    theirs(sql);
    // There, lines are made of what is found; here, a line is found where it begins.
    if let Some(filter) = filter {
        sql.text(" AND ");
        plain::plain(sql, "f", filter);
    }
    sql.text(") f WHERE TRUE");
    if let Some(since) = window.since {
        sql.text(" AND f.stopped_at >= ").bind(Bind::Time(since));
    }
    if let Some(until) = window.until {
        sql.text(" AND f.stopped_at < ").bind(Bind::Time(until));
        sql.text(" AND f.started_at < ").bind(Bind::Time(until));
    }
    sql.text(&format!(" WINDOW heads AS (PARTITION BY f.sign, f.line_key{more} ORDER BY {order})) f"));
}

/// Appends that a difference `f` that is counted here is found.
fn found_here(sql: &mut Sql, filter: &HistoryFilter) {
    sql.text("(f.sign > 0 OR (");
    plain::plain(sql, "f", filter);
    sql.text("))");
}

/// Whom and what a difference is of that counts on its platform alone.
pub(super) const NOBODY: i64 = -1;

/// Stands for the library whose number is an empty word.
pub(super) const NAMELESS: i64 = -2;

/// The same for cards. Those of titles are each of one kind, and know no plays of another one; the others know all plays, those whose item was
/// not recorded on their platforms alone ([`NOBODY`]).
pub(super) fn rows_of_cards(sql: &mut Sql, scope: Scope<'_>, lines: Lines, places_time: bool) {
    const REST: &str = "f.source_id, f.stream_id, f.series, f.decision, f.slot, f.started_at, f.sign * f.played_ms AS played_ms, \
        f.sign AS n, f.sign * f.is_first AS line FROM ";
    sql.text(&format!(
        "SELECT f.user_id, NULL::bigint AS library_id, f.title_id, NULL::bigint AS platform_id, {REST}"
    ));
    let way =
        Way { counted: Counted::WithItem, lines, parts: source::ONCE.parts, head: Head::First, places_time };
    let of_kinds = match lines {
        Lines::Groups => Lines::Kinds,
        other => other,
    };
    let within = (scope.window, Some(scope.filter));
    differences(sql, Way { lines: of_kinds, places_time: false, ..way }, within, None);
    sql.text(" WHERE f.is_known AND ");
    found_here(sql, scope.filter);
    let owner = |column: &str| format!("CASE WHEN f.is_known THEN f.{column} ELSE {NOBODY} END AS {column}");
    sql.text(&format!(
        " UNION ALL SELECT {}, {}, NULL::bigint AS title_id, f.platform_id, {REST}",
        owner("user_id"),
        owner("library_id"),
    ));
    differences(sql, way, within, None);
    sql.text(" WHERE ");
    found_here(sql, scope.filter);
}

/// Appends the differences as a selection like that of plays (`source::rows`); `scope` has a plain filter.
pub(crate) fn rows(sql: &mut Sql, scope: Scope<'_>, way: Way<'_>) {
    sql.text(&format!(
        "SELECT {COLUMNS}, f.sign * f.played_ms AS played_ms, f.sign AS n, f.sign * f.is_first AS line FROM "
    ));
    differences(sql, way, (scope.window, Some(scope.filter)), None);
    sql.text(" WHERE f.is_known AND ");
    found_here(sql, scope.filter);
}

/// By what differences are added up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// A number of the difference `f`.
    pub id: &'static str,
    pub user: &'static str,
    /// A text of the play `p`.
    pub word: &'static str,
    /// Whether a group is counted here for each key that it has, as it is there; else where it begins.
    pub counts_for_each: bool,
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

/// The groups with a play that `narrow` finds (conditions on `f`, each with a leading AND), in which something was repaired. Nothing where
/// nobody wishes to count as it was recorded.
pub(super) async fn groups(
    conn: &Conn,
    counting: Counting,
    narrow: impl FnOnce(&mut Sql),
) -> DbResult<Vec<i64>> {
    #[derive(QueryableByName)]
    struct Group {
        #[diesel(sql_type = BigInt)]
        group_id: i64,
    }
    // Most who ask have nothing that was repaired.
    if !is_asked(conn, counting).await? {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    sql.text("SELECT DISTINCT f.group_id FROM play_facts f WHERE TRUE");
    narrow(&mut sql);
    sql.text(
        " AND EXISTS (SELECT FROM play_facts o JOIN recorded_plays r USING (play_id) WHERE o.group_id = f.group_id)",
    );
    let rows: Vec<Group> = sql.into_query().load(&mut &*conn).await?;
    Ok(rows.into_iter().map(|row| row.group_id).collect())
}

/// The differences of such groups by a key; `narrow` as there.
pub(super) async fn sums(
    conn: &Conn,
    key: Key,
    counted: Counted,
    counting: Counting,
    (since, groups): (Option<DateTime<Utc>>, &[i64]),
    narrow: impl FnOnce(&mut Sql),
) -> DbResult<Vec<Difference>> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let Key { id, user, word, counts_for_each } = key;
    // There, a group counts for each key, and what names no group does not.
    let here = if counts_for_each { "count(DISTINCT f.group_id)" } else { "sum(f.is_first)" };
    let count = match counting.grouped {
        true => format!(
            "count(DISTINCT f.line_key) FILTER (WHERE f.sign > 0) - coalesce({here} FILTER (WHERE f.sign < 0), 0)"
        ),
        false => "sum(f.sign)".to_owned(),
    };
    let mut sql = Sql::default();
    sql.text(&format!(
        "SELECT {id} AS id, {user} AS user_id, {word} AS word, ({count})::bigint AS plays, \
         sum(f.sign * f.played_ms)::bigint AS played_ms FROM plays p JOIN (SELECT * FROM "
    ));
    let way = Way { counted, lines: Lines::Plays, parts: "", head: Head::First, places_time: false };
    differences(&mut sql, way, (Window { since, until: None }, None), Some(groups));
    sql.text(") f ON p.id = f.play_id WHERE f.is_known");
    narrow(&mut sql);
    sql.text(" GROUP BY 1, 2, 3");
    Ok(sql.into_query().load(&mut &*conn).await?)
}
