//! The groups of plays, kept true in the transaction that writes a play (HIS-06, HIS-07).

use super::Place;
use super::plays::percent;
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::schema::{play_groups, plays};
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Timestamptz};
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use tautulli_domain::grouping::{Predecessor, join_group, join_live_group};
use tautulli_domain::session::{ClosedPlay, Session, SessionRules};
use tautulli_domain::{GroupId, PlayId};

/// What a group keeps of its plays besides its number.
pub(crate) const KEPT: [&str; 16] = [
    "server_id",
    "user_id",
    "library_id",
    "item_id",
    "kind",
    "live",
    "date",
    "started_at",
    "stopped_at",
    "played_ms",
    "paused_ms",
    "percent_complete",
    "watched_quarters",
    "play_count",
    "newest_play_id",
    "furthest_play_id",
];

/// [`KEPT`] as a list of the columns of `alias`.
pub(crate) fn kept(alias: &str) -> String {
    KEPT.map(|column| format!("{alias}.{column}")).join(", ")
}

/// [`KEPT`] of plays called `p` that are grouped by their group. The newest play says whose and what the group is (HIS-13).
pub(crate) fn of_plays() -> String {
    let newest = |column: &str| format!("(array_agg(p.{column} ORDER BY p.started_at DESC, p.id DESC))[1]");
    let column = |name: &str| {
        let value = match name {
            "date" => "max(p.started_at)".to_owned(),
            "started_at" => "min(p.started_at)".to_owned(),
            "stopped_at" | "percent_complete" | "watched_quarters" => format!("max(p.{name})"),
            "played_ms" | "paused_ms" => format!("sum(p.{name})::bigint"),
            "play_count" => "count(*)".to_owned(),
            "newest_play_id" => newest("id"),
            "furthest_play_id" => {
                "(array_agg(p.id ORDER BY p.percent_complete DESC, p.id DESC))[1]".to_owned()
            }
            of_the_newest => newest(of_the_newest),
        };
        format!("{value} AS {name}")
    };
    KEPT.map(column).join(", ")
}

/// How a group `g` takes in what an `INSERT` brings of more of its plays.
pub(crate) const TAKE_IN: &str = "
    user_id = CASE WHEN excluded.date >= g.date THEN excluded.user_id ELSE g.user_id END,
    library_id = CASE WHEN excluded.date >= g.date THEN excluded.library_id ELSE g.library_id END,
    item_id = CASE WHEN excluded.date >= g.date THEN excluded.item_id ELSE g.item_id END,
    kind = CASE WHEN excluded.date >= g.date THEN excluded.kind ELSE g.kind END,
    live = CASE WHEN excluded.date >= g.date THEN excluded.live ELSE g.live END,
    newest_play_id = CASE WHEN excluded.date >= g.date THEN excluded.newest_play_id ELSE g.newest_play_id END,
    furthest_play_id = CASE WHEN excluded.percent_complete >= g.percent_complete
      THEN excluded.furthest_play_id ELSE g.furthest_play_id END,
    date = greatest(g.date, excluded.date),
    started_at = least(g.started_at, excluded.started_at),
    stopped_at = greatest(g.stopped_at, excluded.stopped_at),
    played_ms = g.played_ms + excluded.played_ms,
    paused_ms = g.paused_ms + excluded.paused_ms,
    percent_complete = greatest(g.percent_complete, excluded.percent_complete),
    watched_quarters = greatest(g.watched_quarters, excluded.watched_quarters),
    play_count = g.play_count + excluded.play_count";

/// The group that the play belongs to, held until the transaction ends: two plays of one user and item that end at the same moment
/// must see each other. None means that the play begins one.
pub(super) async fn find(
    conn: &Conn,
    place: Place,
    session: &Session,
    rules: &SessionRules,
) -> DbResult<Option<GroupId>> {
    let ((), before) = try_join!(lock_viewing(conn, place), predecessor(conn, place))?;
    Ok(joined(before, session, rules))
}

/// The group that a finished session joins, by its predecessor.
pub(super) fn joined(
    before: Option<Predecessor>,
    session: &Session,
    rules: &SessionRules,
) -> Option<GroupId> {
    if session.item.live {
        return join_live_group(before, session.started_at);
    }
    join_group(session.item.kind, before, &session.final_reach(), &rules.watched)
}

async fn lock_viewing(conn: &Conn, place: Place) -> DbResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashint8($1), hashint8($2))")
        .bind::<BigInt, _>(place.user_id.0)
        .bind::<BigInt, _>(place.item_id.0)
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// The newest play of the same user and item that is written already.
async fn predecessor(conn: &Conn, place: Place) -> DbResult<Option<Predecessor>> {
    let row: Option<(i64, DateTime<Utc>, i64)> = plays::table
        .filter(plays::item_id.eq(place.item_id.0).and(plays::user_id.eq(place.user_id.0)))
        .order(plays::id.desc())
        .select((plays::group_id, plays::started_at, plays::view_offset_ms))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(|(group, started_at, view_offset_ms)| Predecessor {
        group_id: GroupId(group),
        started_at,
        view_offset_ms,
    }))
}

/// Begins a group with the play's own number.
pub(super) async fn begin(conn: &Conn, play_id: PlayId, play: &ClosedPlay, place: Place) -> DbResult<()> {
    let session = &play.session;
    diesel::insert_into(play_groups::table)
        .values((
            (
                play_groups::id.eq(play_id.0),
                play_groups::server_id.eq(session.server_id.0),
                play_groups::user_id.eq(place.user_id.0),
                play_groups::library_id.eq(session.library_id.map(|l| l.0)),
                play_groups::item_id.eq(place.item_id.0),
                play_groups::kind.eq(session.item.kind.name()),
                play_groups::live.eq(session.item.live),
            ),
            play_groups::date.eq(session.started_at),
            play_groups::started_at.eq(session.started_at),
            play_groups::stopped_at.eq(play.stopped_at),
            play_groups::played_ms.eq(play.played_ms),
            play_groups::paused_ms.eq(play.paused_ms),
            play_groups::percent_complete.eq(percent(play)),
            play_groups::watched_quarters.eq(play.watched_quarters),
            play_groups::play_count.eq(1),
            play_groups::newest_play_id.eq(play_id.0),
            play_groups::furthest_play_id.eq(play_id.0),
        ))
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// Adds the play to the sums of its group.
pub(super) async fn add(conn: &Conn, group: GroupId, play_id: PlayId, play: &ClosedPlay) -> DbResult<()> {
    let started_at = play.session.started_at;
    // PostgreSQL reads the old row on the right-hand side of every assignment.
    let newest = sql::<BigInt>("CASE WHEN ")
        .bind::<Timestamptz, _>(started_at)
        .sql(" >= date THEN ")
        .bind::<BigInt, _>(play_id.0)
        .sql(" ELSE newest_play_id END");
    let furthest = sql::<BigInt>("CASE WHEN ")
        .bind::<SmallInt, _>(percent(play))
        .sql(" >= percent_complete THEN ")
        .bind::<BigInt, _>(play_id.0)
        .sql(" ELSE furthest_play_id END");
    let library = sql::<Nullable<BigInt>>("CASE WHEN ")
        .bind::<Timestamptz, _>(started_at)
        .sql(" >= date THEN ")
        .bind::<Nullable<BigInt>, _>(play.session.library_id.map(|library| library.0))
        .sql(" ELSE library_id END");
    let greatest = |column: &str| sql::<Timestamptz>("greatest(").sql(column).sql(", ");
    diesel::update(play_groups::table.find(group.0))
        .set((
            play_groups::library_id.eq(library),
            play_groups::newest_play_id.eq(newest),
            play_groups::furthest_play_id.eq(furthest),
            play_groups::date.eq(greatest("date").bind::<Timestamptz, _>(started_at).sql(")")),
            play_groups::started_at
                .eq(sql::<Timestamptz>("least(started_at, ").bind::<Timestamptz, _>(started_at).sql(")")),
            play_groups::stopped_at
                .eq(greatest("stopped_at").bind::<Timestamptz, _>(play.stopped_at).sql(")")),
            play_groups::played_ms.eq(play_groups::played_ms + play.played_ms),
            play_groups::paused_ms.eq(play_groups::paused_ms + play.paused_ms),
            play_groups::percent_complete.eq(sql::<SmallInt>("greatest(percent_complete, ")
                .bind::<SmallInt, _>(percent(play))
                .sql(")")),
            play_groups::watched_quarters.eq(sql::<SmallInt>("greatest(watched_quarters, ")
                .bind::<SmallInt, _>(play.watched_quarters)
                .sql(")")),
            play_groups::play_count.eq(play_groups::play_count + 1),
        ))
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}
