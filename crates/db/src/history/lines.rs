//! Lines as rows: what is read of each, and how plays become one.

use super::filter;
use super::plan::Look;
use super::sql::Sql;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, SmallInt, Text, Timestamptz};
use tautulli_domain::history::{HistoryCursor, HistoryLine, HistorySort, PlacedLine};
use tautulli_domain::{GroupId, PlayId};

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    group_id: i64,
    #[diesel(sql_type = BigInt)]
    key: i64,
    #[diesel(sql_type = Text)]
    sort_value: String,
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

impl Row {
    pub(super) fn placed(self, sort: HistorySort) -> PlacedLine {
        let cursor = HistoryCursor { sort, value: self.sort_value, date: self.date, id: self.key };
        let line = HistoryLine {
            group_id: GroupId(self.group_id),
            date: self.date,
            started_at: self.started_at,
            stopped_at: self.stopped_at,
            played_ms: self.played_ms,
            paused_ms: self.paused_ms,
            percent_complete: self.percent_complete.into(),
            watched_quarters: self.watched_quarters,
            play_count: self.play_count,
            play_ids: self.play_ids.into_iter().map(PlayId).collect(),
            newest: PlayId(self.newest),
            furthest: PlayId(self.furthest),
            recorded: None,
        };
        (cursor, line)
    }
}

const PLAYS: &str =
    " FROM plays p JOIN item_snapshots s ON s.id = p.snapshot_id JOIN users u ON u.id = p.user_id WHERE ";

/// One line of the plays `p` of each group; needs "GROUP BY p.group_id".
pub(super) const SUMMED: &str = "SELECT p.group_id, p.group_id AS key, max(p.started_at) AS date, \
    min(p.started_at) AS started_at, max(p.stopped_at) AS stopped_at, sum(p.played_ms)::bigint AS played_ms, \
    sum(p.paused_ms)::bigint AS paused_ms, max(p.percent_complete) AS percent_complete, \
    max(p.watched_quarters) AS watched_quarters, count(*) AS play_count, array_agg(p.id ORDER BY p.id) AS play_ids, \
    (array_agg(p.id ORDER BY p.started_at DESC, p.id DESC))[1] AS newest, \
    (array_agg(p.id ORDER BY p.percent_complete DESC, p.id DESC))[1] AS furthest";

/// One line of each group `g` as it is kept.
pub(super) const KEPT: &str = "SELECT g.id AS group_id, g.id AS key, g.date, g.started_at, g.stopped_at, g.played_ms, \
    g.paused_ms, g.percent_complete, g.watched_quarters, g.play_count, \
    ARRAY(SELECT m.id FROM plays m WHERE m.group_id = g.id ORDER BY m.id) AS play_ids, \
    g.newest_play_id AS newest, g.furthest_play_id AS furthest";

/// One line of each play `p`.
pub(super) const SINGLE: &str = "SELECT p.group_id, p.id AS key, p.started_at AS date, p.started_at, p.stopped_at, \
    p.played_ms, p.paused_ms, p.percent_complete, p.watched_quarters, 1::bigint AS play_count, \
    ARRAY[p.id] AS play_ids, p.id AS newest, p.id AS furthest";

/// Appends all lines as a sub-select with the columns of [`Row`] but `sort_value`.
pub(super) fn all(sql: &mut Sql, look: Look<'_>) {
    let Look { plan, grouped, zone } = look;
    if grouped && plan.is_group_level() {
        sql.text(KEPT).text(" FROM play_groups g WHERE ");
        filter::shared(sql, "g", "g.id", plan);
        plan.groups(sql, "g.id");
        return;
    }
    sql.text(if grouped { SUMMED } else { SINGLE }).text(PLAYS);
    filter::shared(sql, "p", "p.group_id", plan);
    filter::joined(sql, plan, plan.sought().as_ref(), zone);
    plan.groups(sql, "p.group_id");
    plan.plays(sql, "p");
    if grouped {
        sql.text(" GROUP BY p.group_id");
    }
}
