//! The rules of what is watched, kept and grouped, over all plays at once: `domain::watched` and `domain::grouping` said in
//! SQL. A property test holds both against each other.

use crate::error::DbResult;
use crate::pool::{Conn, batch};
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use tautulli_domain::session::SessionRules;
use tautulli_domain::watched::WatchedMode;

/// What the rules look at.
const COLUMNS: [&str; 12] = [
    "id",
    "user_id",
    "item_id",
    "snapshot_id",
    "kind",
    "live",
    "started_at",
    "played_ms",
    "view_offset_ms",
    "percent_complete",
    "group_id",
    "watched_quarters",
];

/// Every play, hidden ones too, with what the rules look at.
pub(super) async fn universe(conn: &mut Conn) -> DbResult<()> {
    let columns = COLUMNS.map(|column| format!("r.{column}")).join(", ");
    batch(
        conn,
        &format!(
            "CREATE TEMP TABLE universe ON COMMIT DROP AS SELECT {columns}, r.snapshot_id AS marked_by, FALSE AS hidden FROM plays r \
             UNION ALL SELECT {columns}, r.snapshot_id, TRUE FROM removed_plays d \
             CROSS JOIN LATERAL jsonb_populate_record(NULL::plays, d.content) r WHERE d.hidden; ANALYZE universe"
        ),
    )
    .await
}

/// The plays of whoever has planned plays of an item, with the items and snapshots that they are to get. Credits are where they were in what
/// was played.
pub(super) async fn moved_universe(conn: &mut Conn) -> DbResult<()> {
    batch(
        conn,
        "CREATE TEMP TABLE universe ON COMMIT DROP AS SELECT p.id, p.user_id, coalesce(l.item_id, p.item_id) AS item_id, \
             coalesce(l.snapshot_id, p.snapshot_id) AS snapshot_id, p.snapshot_id AS marked_by, p.kind, p.live, p.started_at, p.played_ms, \
             p.view_offset_ms, p.percent_complete, p.group_id, p.watched_quarters, FALSE AS hidden \
         FROM plays p LEFT JOIN plan l ON l.play_id = p.id \
         WHERE p.item_id IN (SELECT m.item_id FROM plan m UNION SELECT o.item_id FROM plan m JOIN plays o ON o.id = m.play_id); \
         ANALYZE universe",
    )
    .await
}

/// The position from which on a snapshot's item is watched, with the credits of another one or its own, and its threshold, for rules
/// bound as $1 to $4.
const REACH: &str = "SELECT s.id AS snapshot_id, k.id AS marked_by, t.threshold, d.duration_ms, \
        CASE WHEN t.threshold IS NOT NULL AND d.duration_ms > 0 THEN CASE $4 \
            WHEN 1 THEN coalesce(c.final_ms, d.duration_ms * t.threshold / 100) \
            WHEN 2 THEN coalesce(c.first_ms, d.duration_ms * t.threshold / 100) \
            WHEN 3 THEN least(c.first_ms, d.duration_ms * t.threshold / 100) \
            ELSE d.duration_ms * t.threshold / 100 END END AS watched_from \
    FROM (SELECT DISTINCT snapshot_id, marked_by FROM universe) x \
    JOIN item_snapshots s ON s.id = x.snapshot_id JOIN item_snapshots k ON k.id = x.marked_by \
    CROSS JOIN LATERAL (SELECT CASE s.kind WHEN 'movie' THEN $1 WHEN 'episode' THEN $2 WHEN 'clip' THEN $2 \
        WHEN 'track' THEN $3 END AS threshold) t \
    CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(s.detail -> 'duration_ms') = 'number' \
        THEN (s.detail ->> 'duration_ms')::bigint END AS duration_ms) d \
    CROSS JOIN LATERAL (SELECT coalesce((array_agg(m.start_ms ORDER BY m.n) FILTER (WHERE m.first))[1], min(m.start_ms)) \
            AS first_ms, (array_agg(m.start_ms ORDER BY m.n) FILTER (WHERE m.last))[1] AS final_ms \
        FROM (SELECT (e.v ->> 'start_ms')::bigint AS start_ms, (e.v ->> 'first')::boolean AS first, \
                (e.v ->> 'last')::boolean AS last, e.n \
            FROM jsonb_array_elements(CASE WHEN jsonb_typeof(k.detail -> 'markers') = 'array' THEN k.detail -> 'markers' \
                ELSE '[]' END) WITH ORDINALITY e(v, n) WHERE e.v ->> 'kind' = 'credits') m) c";

/// Makes `<name>_verdicts`: for each play its quarters of the way to watched, whether it is too short to be kept, and from
/// where on its item is watched.
pub(super) async fn judge(conn: &mut Conn, name: &str, rules: &SessionRules) -> DbResult<()> {
    let mode: i64 = match rules.watched.mode {
        WatchedMode::Percent => 0,
        WatchedMode::FinalCredits => 1,
        WatchedMode::FirstCredits => 2,
        WatchedMode::Earliest => 3,
    };
    // Statements that make tables take no parameters: numbers are written by us, from numbers.
    let reach = REACH
        .replace("$1", &number(rules.watched.movie_percent))
        .replace("$2", &number(rules.watched.tv_percent))
        .replace("$3", &number(rules.watched.music_percent))
        .replace("$4", &number(mode));
    let (ignore, track, floor) = (
        number(rules.ignore_interval.num_milliseconds()),
        number(rules.track_ignore_interval.num_milliseconds()),
        number(rules.track_floor.num_milliseconds()),
    );
    batch(
        conn,
        &format!(
            "CREATE TEMP TABLE {name}_verdicts ON COMMIT DROP AS WITH reach AS MATERIALIZED ({reach}) \
             SELECT u.id, r.watched_from, \
                 (CASE WHEN u.live OR u.view_offset_ms >= r.watched_from THEN 4 WHEN r.threshold IS NULL OR coalesce(r.duration_ms, 0) <= 0 THEN 0 \
                     WHEN u.view_offset_ms * 400 >= r.threshold * 3 * r.duration_ms THEN 3 \
                     WHEN u.view_offset_ms * 400 >= r.threshold * 2 * r.duration_ms THEN 2 \
                     WHEN u.view_offset_ms * 400 >= r.threshold * r.duration_ms THEN 1 ELSE 0 END)::smallint AS quarters, \
                 CASE WHEN u.kind = 'track' THEN coalesce(r.duration_ms, 0) >= {floor} AND u.played_ms < {track} \
                     ELSE u.played_ms < {ignore} END AS ignored \
             FROM universe u JOIN reach r USING (snapshot_id, marked_by); \
             CREATE INDEX ON {name}_verdicts (id); ANALYZE {name}_verdicts"
        ),
    )
    .await
}

fn number(value: i64) -> String {
    format!("({value})::bigint")
}

/// Makes `<name>_groups`: for each play that `is_there`, the group that it is in and whether it begins it. A play and its
/// predecessor, by start and then by id, decide alone; a group has the number of its first play.
pub(super) async fn group(conn: &mut Conn, name: &str, is_there: &str) -> DbResult<()> {
    batch(
        conn,
        &format!(
            "CREATE TEMP TABLE {name}_groups ON COMMIT DROP AS \
             SELECT id, begins, first_value(id) OVER (PARTITION BY user_id, item_id, run ORDER BY started_at, id) AS group_id \
             FROM (SELECT x.*, count(*) FILTER (WHERE begins) OVER (PARTITION BY user_id, item_id ORDER BY started_at, id) AS run \
                 FROM (SELECT u.id, u.user_id, u.item_id, u.started_at, NOT coalesce(CASE WHEN u.live \
                         THEN u.started_at - lag(u.started_at) OVER w <= interval '1 day' \
                         ELSE lag(u.view_offset_ms) OVER w <= u.view_offset_ms \
                             AND coalesce(lag(u.view_offset_ms) OVER w < v.watched_from, TRUE) END, FALSE) AS begins \
                     FROM universe u JOIN {name}_verdicts v USING (id) WHERE {is_there} \
                     WINDOW w AS (PARTITION BY u.user_id, u.item_id ORDER BY u.started_at, u.id)) x) y; \
             CREATE INDEX ON {name}_groups (id); ANALYZE {name}_groups"
        ),
    )
    .await
}

/// Lets the transaction run for as long as a large edit takes.
pub(super) async fn take_time(conn: &mut Conn) -> DbResult<()> {
    batch(conn, "SET LOCAL statement_timeout = '1h'; SET LOCAL lock_timeout = '1min'").await
}

/// Holds back whoever would finish a play or edit the past until the transaction ends.
pub(super) async fn lock(conn: &mut Conn) -> DbResult<()> {
    // Every ending of a play writes here first, so whoever waits holds nothing that we could wait for.
    batch(conn, "LOCK TABLE last_stops IN SHARE ROW EXCLUSIVE MODE").await?;
    crate::rollups::lock(conn).await
}

/// Fixed for all edits: two of them wait for each other.
const EDIT: i64 = 0x7265_7669_7365;

/// Lets only one edit of the past run at a time.
pub(super) async fn take_turn(conn: &mut Conn) -> DbResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(EDIT).execute(conn).await?;
    Ok(())
}
