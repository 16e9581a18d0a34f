//! The groups of a round: continued from what is written, summed in memory, added in one statement (HIS-06, HIS-07).

use super::{BulkBatch, Line};
use crate::error::DbResult;
use crate::journal::groups::{TAKE_IN, joined};
use crate::journal::plays::percent;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::{BTreeMap, BTreeSet};
use tautulli_domain::GroupId;
use tautulli_domain::grouping::Predecessor;

/// What a round adds to one group; of a new group, all of it.
pub(super) struct Sums {
    pub(super) id: i64,
    pub(super) server_id: i64,
    pub(super) user_id: i64,
    pub(super) library_id: Option<i64>,
    pub(super) item_id: i64,
    pub(super) kind: &'static str,
    pub(super) live: bool,
    pub(super) date: DateTime<Utc>,
    pub(super) started_at: DateTime<Utc>,
    pub(super) stopped_at: DateTime<Utc>,
    pub(super) played_ms: i64,
    pub(super) paused_ms: i64,
    pub(super) percent_complete: i16,
    pub(super) watched_quarters: i16,
    pub(super) play_count: i64,
    pub(super) newest_play_id: i64,
    pub(super) furthest_play_id: i64,
}

impl Sums {
    fn of(line: &Line<'_>, group: GroupId) -> Self {
        let play = line.play();
        let session = &play.session;
        Self {
            id: group.0,
            server_id: session.server_id.0,
            user_id: line.user_id.0,
            library_id: line.library_id.map(|id| id.0),
            item_id: line.item_id,
            kind: session.item.kind.name(),
            live: session.item.live,
            date: session.started_at,
            started_at: session.started_at,
            stopped_at: play.stopped_at,
            played_ms: play.played_ms,
            paused_ms: play.paused_ms,
            percent_complete: percent(play),
            watched_quarters: play.watched_quarters,
            play_count: 1,
            newest_play_id: line.play_id.0,
            furthest_play_id: line.play_id.0,
        }
    }

    /// Adds another one of the same group. The newest play says whose and what a group is (HIS-13).
    fn add(&mut self, other: &Self) {
        if (other.date, other.newest_play_id) > (self.date, self.newest_play_id) {
            let Self { user_id, library_id, item_id, kind, live, newest_play_id, .. } = *other;
            (self.user_id, self.library_id, self.item_id) = (user_id, library_id, item_id);
            (self.kind, self.live, self.newest_play_id) = (kind, live, newest_play_id);
        }
        if (other.percent_complete, other.furthest_play_id) > (self.percent_complete, self.furthest_play_id) {
            self.furthest_play_id = other.furthest_play_id;
        }
        self.date = self.date.max(other.date);
        self.started_at = self.started_at.min(other.started_at);
        self.stopped_at = self.stopped_at.max(other.stopped_at);
        self.played_ms += other.played_ms;
        self.paused_ms += other.paused_ms;
        self.percent_complete = self.percent_complete.max(other.percent_complete);
        self.watched_quarters = self.watched_quarters.max(other.watched_quarters);
        self.play_count += other.play_count;
    }

    /// Those of the same group as one.
    pub(super) fn gather(each: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut sums: BTreeMap<i64, Self> = BTreeMap::new();
        for own in each {
            match sums.get_mut(&own.id) {
                Some(known) => known.add(&own),
                None => drop(sums.insert(own.id, own)),
            }
        }
        sums.into_values().collect()
    }
}

/// Gives every line its group, and what each group gains.
pub(super) async fn join(
    conn: &mut Conn,
    batch: &BulkBatch<'_>,
    lines: &mut [Line<'_>],
) -> DbResult<Vec<Sums>> {
    let mut before = predecessors(conn, lines).await?;
    for line in lines.iter_mut() {
        let viewing = (line.user_id.0, line.item_id);
        let play = line.play();
        let group = joined(before.get(&viewing).copied(), &play.session, batch.rules);
        line.group_id = group.unwrap_or(GroupId(line.play_id.0));
        let (started_at, view_offset_ms) = (line.play().session.started_at, line.play().view_offset_ms);
        before.insert(viewing, Predecessor { group_id: line.group_id, started_at, view_offset_ms });
    }
    Ok(Sums::gather(lines.iter().map(|line| Sums::of(line, line.group_id))))
}

/// The play before the next one of a user and item, as a statement finds it.
#[derive(QueryableByName)]
pub(in crate::journal::bulk) struct Before {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = BigInt)]
    item_id: i64,
    #[diesel(sql_type = BigInt)]
    group_id: i64,
    #[diesel(sql_type = Timestamptz)]
    started_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    view_offset_ms: i64,
}

/// By user and item.
pub(super) type Predecessors = BTreeMap<(i64, i64), Predecessor>;

impl Before {
    pub(super) fn all(rows: Vec<Self>) -> Predecessors {
        let read = |row: Self| {
            let Self { group_id, started_at, view_offset_ms, .. } = row;
            (
                (row.user_id, row.item_id),
                Predecessor { group_id: GroupId(group_id), started_at, view_offset_ms },
            )
        };
        rows.into_iter().map(read).collect()
    }
}

/// The newest written play of every user and item of the round.
async fn predecessors(conn: &mut Conn, lines: &[Line<'_>]) -> DbResult<Predecessors> {
    let viewings: BTreeSet<(i64, i64)> = lines.iter().map(|line| (line.user_id.0, line.item_id)).collect();
    // "+ 0" keeps the planner from walking the primary key for a viewing that has no play at all.
    let sql = "SELECT viewing.user_id, viewing.item_id, newest.group_id, newest.started_at, newest.view_offset_ms
               FROM unnest($1, $2) AS viewing(user_id, item_id)
               CROSS JOIN LATERAL (
                 SELECT group_id, started_at, view_offset_ms FROM plays p
                 WHERE p.item_id = viewing.item_id AND p.user_id = viewing.user_id ORDER BY p.id + 0 DESC LIMIT 1) AS newest";
    let rows: Vec<Before> = diesel::sql_query(sql)
        .bind::<Array<BigInt>, _>(viewings.iter().map(|viewing| viewing.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(viewings.iter().map(|viewing| viewing.1).collect::<Vec<_>>())
        .load(conn)
        .await?;
    Ok(Before::all(rows))
}

/// Begins new groups and adds to the others.
pub(super) async fn write(conn: &Conn, sums: &[Sums]) -> DbResult<()> {
    insert(conn, sums, &format!("ON CONFLICT (id) DO UPDATE SET {TAKE_IN}")).await
}

/// Begins groups that are known to be new, which takes less.
pub(super) async fn begin(conn: &Conn, sums: &[Sums]) -> DbResult<()> {
    insert(conn, sums, "").await
}

async fn insert(conn: &Conn, sums: &[Sums], otherwise: &str) -> DbResult<()> {
    if sums.is_empty() {
        return Ok(());
    }
    let numbers = |of: fn(&Sums) -> i64| sums.iter().map(of).collect::<Vec<i64>>();
    let small = |of: fn(&Sums) -> i16| sums.iter().map(of).collect::<Vec<i16>>();
    let times = |of: fn(&Sums) -> DateTime<Utc>| sums.iter().map(of).collect::<Vec<_>>();
    let sql = format!(
        "INSERT INTO play_groups AS g (id, server_id, user_id, library_id, item_id, kind, live, date, started_at, stopped_at,
                 played_ms, paused_ms, percent_complete, watched_quarters, play_count, newest_play_id, furthest_play_id)
               SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
               {otherwise}"
    );
    diesel::sql_query(sql)
        .bind::<Array<BigInt>, _>(numbers(|s| s.id))
        .bind::<Array<BigInt>, _>(numbers(|s| s.server_id))
        .bind::<Array<BigInt>, _>(numbers(|s| s.user_id))
        .bind::<Array<Nullable<BigInt>>, _>(sums.iter().map(|s| s.library_id).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(numbers(|s| s.item_id))
        .bind::<Array<Text>, _>(sums.iter().map(|s| s.kind).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(sums.iter().map(|s| s.live).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(times(|s| s.date))
        .bind::<Array<Timestamptz>, _>(times(|s| s.started_at))
        .bind::<Array<Timestamptz>, _>(times(|s| s.stopped_at))
        .bind::<Array<BigInt>, _>(numbers(|s| s.played_ms))
        .bind::<Array<BigInt>, _>(numbers(|s| s.paused_ms))
        .bind::<Array<SmallInt>, _>(small(|s| s.percent_complete))
        .bind::<Array<SmallInt>, _>(small(|s| s.watched_quarters))
        .bind::<Array<BigInt>, _>(numbers(|s| s.play_count))
        .bind::<Array<BigInt>, _>(numbers(|s| s.newest_play_id))
        .bind::<Array<BigInt>, _>(numbers(|s| s.furthest_play_id))
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}
