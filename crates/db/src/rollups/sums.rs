//! The sums of days, weeks and months: what plays add to them and take from them, with the groups that they belong to.

use super::facts::Touched;
use super::{
    DAY, HOUR, MONTH, PLATFORM, PLATFORM_EVER, SOURCE, STREAM, USER, USER_EVER, WEEK_FROM_MONDAY,
    WEEK_FROM_SUNDAY, WEEKDAY,
};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use diesel::sql_types::{Array, BigInt, Date, Integer};
use diesel_async::RunQueryDsl;

/// Whether plays come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Add,
    Take,
}

/// What parts the buckets of a member of a group, from its local start.
const BUCKETS: [(i16, &str, &str); 6] = [
    (DAY.1, "day", "local::date"),
    (WEEK_FROM_MONDAY.1, "monday", "date_trunc('week', local)::date"),
    (WEEK_FROM_SUNDAY.1, "sunday", "(date_trunc('week', local + interval '1 day') - interval '1 day')::date"),
    (MONTH.1, "month", "date_trunc('month', local)::date"),
    (WEEKDAY.1, "weekday", "date_part('isodow', local)::int"),
    (HOUR.1, "hour", "date_part('hour', local)::int"),
];

/// Selects the number, the bits and the stop before of the members in `members` (with their group, stop and local start): in every
/// bucket the first by (stop, number) has the bit.
pub(super) fn marked(members: &str) -> String {
    marks(members, |name| format!("m.{name} <> ALL (array_agg(m.{name}) OVER before)"))
}

/// The same where no group has more than two members, in a fraction of the time.
pub(super) fn marked_pairs(members: &str) -> String {
    marks(members, |name| format!("m.{name} <> lag(m.{name}) OVER members"))
}

/// `is_new` says of a bucket by name whether no member before is in it; nothing without any before.
fn marks(members: &str, is_new: impl Fn(&str) -> String) -> String {
    let bits = BUCKETS
        .map(|(bit, name, _)| format!("CASE WHEN coalesce({}, true) THEN {bit} ELSE 0 END", is_new(name)));
    let names = BUCKETS.map(|(_, name, of)| format!("{of} AS {name}"));
    format!(
        "SELECT m.play_id, (CASE WHEN row_number() OVER members = 1 THEN 1 ELSE 0 END + {})::smallint AS firsts,
           lag(m.stopped_at) OVER members AS prev_at
         FROM (SELECT play_id, group_id, stopped_at, {} FROM {members}) m
         WINDOW members AS (PARTITION BY m.group_id ORDER BY m.stopped_at, m.play_id),
           before AS (members ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)",
        bits.join(" + "),
        names.join(", "),
    )
}

/// The dimensions with the period and the key that a fact `f` with its local start has in each.
const PLACES: [((i16, i16), &str, &str); 12] = [
    (DAY, "f.local::date", "0"),
    (WEEK_FROM_MONDAY, "date_trunc('week', f.local)::date", "0"),
    (WEEK_FROM_SUNDAY, "(date_trunc('week', f.local + interval '1 day') - interval '1 day')::date", "0"),
    (MONTH, "date_trunc('month', f.local)::date", "0"),
    (WEEKDAY, "date_trunc('month', f.local)::date", "date_part('isodow', f.local)"),
    (HOUR, "date_trunc('month', f.local)::date", "date_part('hour', f.local)"),
    (PLATFORM, "date_trunc('month', f.local)::date", "f.platform_id"),
    (USER, "date_trunc('month', f.local)::date", "f.user_id"),
    (SOURCE, "date_trunc('month', f.local)::date", "f.source_id"),
    (STREAM, "date_trunc('month', f.local)::date", "f.stream_id"),
    (USER_EVER, "'epoch'::date", "f.user_id"),
    (PLATFORM_EVER, "'epoch'::date", "f.platform_id"),
];

/// The dimensions that know their newest start.
const DATED: [i16; 4] = [PLATFORM.0, USER.0, USER_EVER.0, PLATFORM_EVER.0];

/// The sums that a fact `f` belongs to, as rows (dimension, period, key, bit).
fn places() -> String {
    let row = |((dimension, bit), period, key): &((i16, i16), &str, &str)| {
        format!("({dimension}::smallint, {period}, {key}::bigint, {bit})")
    };
    format!(
        "(VALUES {}) v(dimension, period, key, bit)",
        PLACES.iter().map(row).collect::<Vec<_>>().join(", ")
    )
}

/// Titles grow by the new plays of each. Users who had not watched one are told by the state before the statement.
const TITLED: &str = "titled AS (
             UPDATE titles t SET plays = t.plays + s.plays, lines = t.lines + s.lines, played_ms = t.played_ms + s.played_ms,
               users = t.users + s.users, last_at = greatest(t.last_at, s.last_at)
             FROM (
               SELECT p.title_id, sum(p.plays) AS plays, sum(p.lines) AS lines, sum(p.played_ms) AS played_ms, max(p.last_at) AS last_at,
                 count(*) FILTER (WHERE NOT EXISTS (
                   SELECT FROM title_users u WHERE u.title_id = p.title_id AND u.user_id = p.user_id)) AS users
               FROM pairs p GROUP BY 1) s
             WHERE t.id = s.title_id),";

/// Adds counted plays to the sums, with their titles, or takes them away (titles are summed up again then). Their groups' other members keep their place in the sums unless
/// the first of a bucket is another one now.
pub(super) async fn apply(conn: &Conn, plays: &[i64], sign: Sign) -> DbResult<()> {
    let sql = format!(
        "WITH touched AS MATERIALIZED (SELECT DISTINCT group_id FROM play_facts WHERE play_id = ANY($1)),
           m AS MATERIALIZED (
             SELECT f.*, f.play_id = ANY($1) AS chosen, f.started_at AT TIME ZONE z.zone AS local
             FROM touched JOIN play_facts f USING (group_id) CROSS JOIN rollup_state z),
           marked AS MATERIALIZED ({marked}),
           f AS (
             SELECT m.*, CASE WHEN m.chosen THEN $2 ELSE 0 END AS n,
               CASE WHEN m.chosen AND $2 > 0 THEN 0 ELSE m.firsts END AS was, coalesce(k.firsts, 0) AS now
             FROM m LEFT JOIN marked k USING (play_id) WHERE m.chosen OR m.firsts <> k.firsts),
           written AS (
             INSERT INTO rollups AS r (dimension, period, server_id, library_id, key, series, decision, plays, lines, played_ms, last_at)
             SELECT v.dimension, v.period, f.server_id, f.library_id, v.key, f.series, f.decision, sum(f.n),
               sum((f.now & v.bit <> 0)::int - (f.was & v.bit <> 0)::int), sum(f.n * f.played_ms),
               max(f.started_at) FILTER (WHERE f.n > 0 AND v.dimension IN ({dated}))
             FROM f CROSS JOIN LATERAL {places}
             GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
             ON CONFLICT (dimension, period, server_id, library_id, key, series, decision) DO UPDATE SET
               plays = r.plays + excluded.plays, lines = r.lines + excluded.lines, played_ms = r.played_ms + excluded.played_ms,
               last_at = greatest(r.last_at, excluded.last_at)
             RETURNING 1),
           pairs AS MATERIALIZED (
             SELECT f.title_id, f.user_id, sum(f.n) AS plays, sum((f.now & 1) - (f.was & 1)) AS lines, sum(f.n * f.played_ms) AS played_ms,
               coalesce(max(f.started_at) FILTER (WHERE f.n > 0), '-infinity') AS last_at
             FROM f WHERE f.title_id IS NOT NULL GROUP BY 1, 2),
           {titled}
           paired AS (
             INSERT INTO title_users AS u (title_id, user_id, plays, lines, played_ms, last_at)
             SELECT title_id, user_id, plays, lines, played_ms, last_at FROM pairs ORDER BY 1, 2
             ON CONFLICT (title_id, user_id) DO UPDATE SET plays = u.plays + excluded.plays, lines = u.lines + excluded.lines,
               played_ms = u.played_ms + excluded.played_ms, last_at = greatest(u.last_at, excluded.last_at))
         UPDATE play_facts f SET firsts = k.firsts, prev_at = k.prev_at FROM marked k
         WHERE f.play_id = k.play_id AND (f.firsts, f.prev_at) IS DISTINCT FROM (k.firsts, k.prev_at)",
        marked = marked("m WHERE $2 > 0 OR NOT chosen"),
        places = places(),
        dated = DATED.map(|dimension| dimension.to_string()).join(", "),
        titled = if sign == Sign::Add { TITLED } else { "" },
    );
    let sign = if sign == Sign::Add { 1 } else { -1 };
    diesel::sql_query(sql)
        .bind::<Array<BigInt>, _>(plays)
        .bind::<Integer, _>(sign)
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// After plays have gone: sums of nothing go, and the newest starts of users and platforms are looked up again in the
/// months that were touched.
pub(super) async fn recall_last(conn: &mut Conn, touched: &Touched) -> DbResult<()> {
    let sql = format!(
        "WITH months AS MATERIALIZED (
             SELECT month, month::timestamp AT TIME ZONE z.zone AS since, (month + interval '1 month') AT TIME ZONE z.zone AS until
             FROM (SELECT DISTINCT date_trunc('month', d)::date AS month FROM unnest($1) d) x CROSS JOIN rollup_state z),
           gone AS (
             DELETE FROM rollups r USING (SELECT min(month) - 7 AS since, max(month) + 31 AS until FROM months) s
             WHERE (r.period BETWEEN s.since AND s.until OR r.dimension IN ({user_ever}, {platform_ever})) AND r.plays = 0),
           last AS MATERIALIZED (
             SELECT v.dimension, s.month AS period, f.server_id, f.library_id, v.key, f.series, f.decision, max(f.started_at) AS last_at
             FROM months s JOIN play_facts f ON f.started_at >= s.since AND f.started_at < s.until
               CROSS JOIN LATERAL (VALUES ({platform}, f.platform_id), ({user}, f.user_id)) v(dimension, key)
             GROUP BY 1, 2, 3, 4, 5, 6, 7)
         UPDATE rollups r SET last_at = l.last_at FROM last l
         WHERE r.dimension = l.dimension AND r.period = l.period AND r.server_id = l.server_id AND r.library_id = l.library_id
           AND r.key = l.key AND r.series = l.series AND r.decision = l.decision AND r.last_at > l.last_at AND r.plays > 0",
        platform = PLATFORM.0,
        user = USER.0,
        user_ever = USER_EVER.0,
        platform_ever = PLATFORM_EVER.0,
    );
    diesel::sql_query(sql).bind::<Array<Date>, _>(&touched.days).execute(conn).await?;
    let ever = format!(
        "UPDATE rollups r SET last_at = l.last_at FROM (
           SELECT CASE dimension WHEN {user} THEN {user_ever} ELSE {platform_ever} END AS dimension, server_id, library_id, key, series,
             decision, max(last_at) AS last_at FROM rollups WHERE dimension IN ({user}, {platform}) GROUP BY 1, 2, 3, 4, 5, 6) l
         WHERE r.dimension = l.dimension AND r.server_id = l.server_id AND r.library_id = l.library_id AND r.key = l.key
           AND r.series = l.series AND r.decision = l.decision AND r.last_at > l.last_at",
        user = USER.0,
        user_ever = USER_EVER.0,
        platform = PLATFORM.0,
        platform_ever = PLATFORM_EVER.0,
    );
    diesel::sql_query(ever).execute(conn).await?;
    Ok(())
}

/// The statements that compute all sums from the facts in `facts` into `table`, which is empty. One for each dimension: small
/// sums are made much faster than a large one. Weeks and months are summed up from days, and all time from months.
pub(super) fn all(facts: &str, table: &str) -> Vec<String> {
    let dated = format!(
        "CREATE TEMPORARY TABLE dated ON COMMIT DROP AS
         SELECT f.server_id, f.library_id, f.user_id, f.platform_id, f.source_id, f.stream_id, f.series, f.decision, f.firsts,
           f.played_ms, f.started_at, f.started_at AT TIME ZONE z.zone AS local FROM {facts} f CROSS JOIN rollup_state z"
    );
    let lines = PLACES
        .map(|((dimension, bit), ..)| format!("sum((f.firsts & {bit} <> 0)::int) AS lines_{dimension}"));
    let days = format!(
        "CREATE TEMPORARY TABLE days ON COMMIT DROP AS
         SELECT f.local::date::timestamp AS local, f.server_id, f.library_id, f.series, f.decision, count(*) AS plays,
           sum(f.played_ms) AS played_ms, {}
         FROM dated f GROUP BY 1, 2, 3, 4, 5",
        lines.get(..DAYS).unwrap_or_default().join(", "),
    );
    let columns =
        "dimension, period, server_id, library_id, key, series, decision, plays, lines, played_ms, last_at";
    let one = |(at, ((dimension, bit), period, key)): (usize, &((i16, i16), &str, &str))| {
        let last = if DATED.contains(dimension) { "max(f.started_at)" } else { "NULL::timestamptz" };
        let (from, plays, lines) = match at < DAYS {
            true => ("days", "sum(f.plays)", format!("sum(f.lines_{dimension})")),
            false => ("dated", "count(*)", format!("sum((f.firsts & {bit} <> 0)::int)")),
        };
        format!(
            "INSERT INTO {table} ({columns}) SELECT {dimension}, {period}, f.server_id, f.library_id, {key}::bigint, f.series,
               f.decision, {plays}, {lines}, sum(f.played_ms), {last} FROM {from} f GROUP BY 1, 2, 3, 4, 5, 6, 7"
        )
    };
    let ever = |((ever, _), (months, _)): ((i16, i16), (i16, i16))| {
        format!(
            "INSERT INTO {table} ({columns}) SELECT {ever}, 'epoch'::date, server_id, library_id, key, series, decision, sum(plays),
               sum(lines), sum(played_ms), max(last_at) FROM {table} WHERE dimension = {months} GROUP BY 3, 4, 5, 6, 7"
        )
    };
    let is_ever = |dimension: &(i16, i16)| [USER_EVER, PLATFORM_EVER].contains(dimension);
    let periods = PLACES.iter().enumerate().filter(|(_, (dimension, ..))| !is_ever(dimension));
    [dated, days]
        .into_iter()
        .chain(periods.map(one))
        .chain([(USER_EVER, USER), (PLATFORM_EVER, PLATFORM)].map(ever))
        .collect()
}

/// So many of [`PLACES`] are made of whole days.
const DAYS: usize = 4;
