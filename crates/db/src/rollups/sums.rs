//! The sums of days, weeks and months: what plays add to them and take from them, with the groups that they belong to.

use super::facts::Touched;
use super::{
    DAY, HOUR, MONTH, PLATFORM, PLATFORM_EVER, SOURCE, STREAM, USER, USER_EVER, WEEK_FROM_MONDAY,
    WEEK_FROM_SUNDAY, WEEKDAY,
};
use crate::error::DbResult;
use crate::pool::Conn;
use diesel::sql_types::{Array, BigInt, Date, Integer};
use diesel_async::RunQueryDsl;

/// Whether plays come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Add,
    Take,
}

/// Which bits a member `m` of a group has among its members: in every bucket the first by (stop, number) has the bit. Each
/// line is a bit and what parts its buckets.
pub(super) fn bits() -> String {
    let month = "date_trunc('month', m.local)::date";
    let of = [
        (1, String::new()),
        (DAY.1, ", m.local::date".to_owned()),
        (WEEK_FROM_MONDAY.1, ", date_trunc('week', m.local)::date".to_owned()),
        (
            WEEK_FROM_SUNDAY.1,
            ", (date_trunc('week', m.local + interval '1 day') - interval '1 day')::date".to_owned(),
        ),
        (MONTH.1, format!(", {month}")),
        (WEEKDAY.1, ", extract(isodow FROM m.local)".to_owned()),
        (HOUR.1, ", extract(hour FROM m.local)".to_owned()),
    ];
    let first = |(bit, bucket): &(i16, String)| {
        format!(
            "CASE WHEN row_number() OVER (PARTITION BY m.group_id{bucket} ORDER BY m.stopped_at, m.play_id) = 1 THEN {bit} ELSE 0 END"
        )
    };
    format!("({})::smallint", of.iter().map(first).collect::<Vec<_>>().join(" + "))
}

/// The dimensions with the period and the key that a fact `f` with its local start has in each.
const PLACES: [((i16, i16), &str, &str); 12] = [
    (DAY, "f.local::date", "0"),
    (WEEK_FROM_MONDAY, "date_trunc('week', f.local)::date", "0"),
    (WEEK_FROM_SUNDAY, "(date_trunc('week', f.local + interval '1 day') - interval '1 day')::date", "0"),
    (MONTH, "date_trunc('month', f.local)::date", "0"),
    (WEEKDAY, "date_trunc('month', f.local)::date", "extract(isodow FROM f.local)"),
    (HOUR, "date_trunc('month', f.local)::date", "extract(hour FROM f.local)"),
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

/// Adds counted plays to the sums, or takes them away. Their groups' other members keep their place in the sums unless
/// the first of a bucket is another one now.
pub(super) async fn apply(conn: &mut Conn, plays: &[i64], sign: Sign) -> DbResult<()> {
    let sql = format!(
        "WITH touched AS MATERIALIZED (SELECT DISTINCT group_id FROM play_facts WHERE play_id = ANY($1)),
           m AS MATERIALIZED (
             SELECT f.*, f.play_id = ANY($1) AS chosen, f.started_at AT TIME ZONE z.zone AS local
             FROM touched JOIN play_facts f USING (group_id) CROSS JOIN rollup_state z),
           marked AS MATERIALIZED (
             SELECT m.play_id, {bits} AS firsts,
               lag(m.stopped_at) OVER (PARTITION BY m.group_id ORDER BY m.stopped_at, m.play_id) AS prev_at
             FROM m WHERE $2 > 0 OR NOT m.chosen),
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
           paired AS (
             INSERT INTO title_users AS u (title_id, user_id, plays, lines, played_ms, last_at)
             SELECT f.title_id, f.user_id, sum(f.n), sum((f.now & 1) - (f.was & 1)), sum(f.n * f.played_ms),
               coalesce(max(f.started_at) FILTER (WHERE f.n > 0), '-infinity')
             FROM f WHERE f.title_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
             ON CONFLICT (title_id, user_id) DO UPDATE SET plays = u.plays + excluded.plays, lines = u.lines + excluded.lines,
               played_ms = u.played_ms + excluded.played_ms, last_at = greatest(u.last_at, excluded.last_at))
         UPDATE play_facts f SET firsts = k.firsts, prev_at = k.prev_at FROM marked k
         WHERE f.play_id = k.play_id AND (f.firsts, f.prev_at) IS DISTINCT FROM (k.firsts, k.prev_at)",
        bits = bits(),
        places = places(),
        dated = DATED.map(|dimension| dimension.to_string()).join(", "),
    );
    let sign = if sign == Sign::Add { 1 } else { -1 };
    diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).bind::<Integer, _>(sign).execute(conn).await?;
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

/// The statements that compute all sums from facts; the table is empty before. One for each dimension: ten small sums are
/// made much faster than a large one.
pub(super) fn all() -> Vec<String> {
    let one = |((dimension, bit), period, key): &((i16, i16), &str, &str)| {
        let last = if DATED.contains(dimension) { "max(f.started_at)" } else { "NULL" };
        format!(
            "INSERT INTO rollups (dimension, period, server_id, library_id, key, series, decision, plays, lines, played_ms, last_at)
             SELECT {dimension}, {period}, f.server_id, f.library_id, {key}::bigint, f.series, f.decision, count(*),
               sum((f.firsts & {bit} <> 0)::int), sum(f.played_ms), {last}
             FROM (SELECT f.*, f.started_at AT TIME ZONE z.zone AS local FROM play_facts f CROSS JOIN rollup_state z) f
             GROUP BY 1, 2, 3, 4, 5, 6, 7"
        )
    };
    PLACES.iter().map(one).collect()
}
