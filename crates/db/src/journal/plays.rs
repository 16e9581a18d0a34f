//! Writing a finished play, once.
//!
//! What does not need the answer before it is sent without waiting for it ([`crate::kept`]): whoever writes waits for a handful of
//! answers in place of thirty.

use super::{End, Place, groups};
use crate::details::{self, Deliveries, Delivery};
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use crate::rollups;
use crate::schema::plays;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use tautulli_domain::session::{ClosedPlay, SessionRules};
use tautulli_domain::{GroupId, PlayId, SessionId};

#[derive(QueryableByName)]
struct NextId {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The play of a session, if it has been written before.
pub(super) async fn known(conn: &Conn, session: SessionId) -> DbResult<Option<End>> {
    let known: Option<(i64, i64)> = plays::table
        .filter(plays::session_id.eq(session.0))
        .select((plays::id, plays::group_id))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(known.map(|(id, group)| End::Recorded { play_id: PlayId(id), group_id: GroupId(group), new: false }))
}

/// The number of the next play.
pub(super) async fn number(conn: &Conn) -> DbResult<PlayId> {
    let next: NextId = diesel::sql_query("SELECT nextval(pg_get_serial_sequence('plays', 'id')) AS id")
        .kept()
        .get_result(&mut &*conn)
        .await?;
    Ok(PlayId(next.id))
}

/// Writes a play that is not known yet, with its group, and counts it.
pub(super) async fn record(
    conn: &mut Conn,
    play_id: PlayId,
    play: &ClosedPlay,
    place: Place,
    rules: &SessionRules,
) -> DbResult<End> {
    let delivery = Delivery::of(&play.session.stream)?;
    let mut streams = Deliveries::default();
    // All of the roll-ups before the group: whoever edits the past takes them in this order.
    let ((), found, ()) = try_join!(
        rollups::lock(conn),
        groups::find(conn, place, &play.session, rules),
        streams.remember(conn, [&delivery].into_iter()),
    )?;
    let stream = streams.number(&delivery);
    let group_id = found.unwrap_or(GroupId(play_id.0));
    let grouped = async {
        match found {
            Some(group) => groups::add(conn, group, play_id, play).await,
            None => groups::begin(conn, play_id, play, place).await,
        }
    };
    let ((), (), counted) = try_join!(
        grouped,
        insert(conn, play_id, group_id, play, place, stream),
        rollups::count_new(conn, play_id),
    )?;
    rollups::settle(conn, play_id, counted).await?;
    Ok(End::Recorded { play_id, group_id, new: true })
}

async fn insert(
    conn: &Conn,
    id: PlayId,
    group: GroupId,
    play: &ClosedPlay,
    place: Place,
    stream_id: i64,
) -> DbResult<()> {
    let session = &play.session;
    let player = &session.player;
    diesel::insert_into(plays::table)
        .values((
            (
                plays::id.eq(id.0),
                plays::session_id.eq(session.id.0),
                plays::group_id.eq(group.0),
                plays::server_id.eq(session.server_id.0),
                plays::user_id.eq(place.user_id.0),
                plays::library_id.eq(session.library_id.map(|l| l.0)),
                plays::item_id.eq(place.item_id.0),
                plays::snapshot_id.eq(place.snapshot_id),
                plays::kind.eq(session.item.kind.name()),
                plays::live.eq(session.item.live),
            ),
            (
                plays::started_at.eq(session.started_at),
                plays::stopped_at.eq(play.stopped_at),
                plays::played_ms.eq(play.played_ms),
                plays::paused_ms.eq(play.paused_ms),
                plays::view_offset_ms.eq(play.view_offset_ms),
                plays::percent_complete.eq(percent(play)),
                plays::watched_quarters.eq(play.watched_quarters),
                plays::decision.eq(session.stream.decision().word()),
                plays::initial.eq(session.initial.unwrap_or(true)),
            ),
            plays::platform.eq(&player.platform),
            plays::product.eq(&player.product),
            plays::player.eq(&player.title),
            plays::machine_id.eq(&player.machine_id),
            plays::address.eq(&player.address),
            plays::location.eq(player.location.name()),
            plays::player_detail.eq(serde_json::from_str::<serde_json::Value>(&details::player(player)?)?),
            plays::stream_id.eq(stream_id),
        ))
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

pub(super) fn percent(play: &ClosedPlay) -> i16 {
    i16::try_from(play.percent_complete.clamp(0, 100)).unwrap_or(0)
}
