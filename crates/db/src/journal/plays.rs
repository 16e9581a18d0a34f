//! Writing a finished play, once.

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
use tautulli_domain::session::{ClosedPlay, SessionRules};
use tautulli_domain::{GroupId, ItemId, PlayId, UserId};

#[derive(QueryableByName)]
struct NextId {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

pub(super) async fn record(
    conn: &mut Conn,
    play: &ClosedPlay,
    user_id: UserId,
    item_id: ItemId,
    snapshot_id: i64,
    rules: &SessionRules,
) -> DbResult<End> {
    let session_id = play.session.id.0;
    let known: Option<(i64, i64)> = plays::table
        .filter(plays::session_id.eq(session_id))
        .select((plays::id, plays::group_id))
        .first(conn)
        .await
        .optional()?;
    if let Some((id, group)) = known {
        return Ok(End::Recorded { play_id: PlayId(id), group_id: GroupId(group), new: false });
    }
    let next: NextId = diesel::sql_query("SELECT nextval(pg_get_serial_sequence('plays', 'id')) AS id")
        .kept()
        .get_result(conn)
        .await?;
    let play_id = PlayId(next.id);
    let place = Place { user_id, item_id, snapshot_id };
    // Before the group is locked: whoever edits the past takes them in this order.
    rollups::lock(conn).await?;
    let group_id = groups::join(conn, play_id, play, place, rules).await?;
    insert(conn, play_id, group_id, play, place).await?;
    rollups::count(conn, &[play_id]).await?;
    Ok(End::Recorded { play_id, group_id, new: true })
}

async fn insert(
    conn: &mut Conn,
    id: PlayId,
    group: GroupId,
    play: &ClosedPlay,
    place: Place,
) -> DbResult<()> {
    let session = &play.session;
    let player = &session.player;
    let stream = &session.stream;
    let delivery = Delivery::of(stream)?;
    let mut streams = Deliveries::default();
    streams.remember(conn, [&delivery].into_iter()).await?;
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
                plays::decision.eq(stream.decision().word()),
                plays::initial.eq(session.initial.unwrap_or(true)),
            ),
            plays::platform.eq(&player.platform),
            plays::product.eq(&player.product),
            plays::player.eq(&player.title),
            plays::machine_id.eq(&player.machine_id),
            plays::address.eq(&player.address),
            plays::location.eq(player.location.name()),
            plays::player_detail.eq(serde_json::from_str::<serde_json::Value>(&details::player(player)?)?),
            plays::stream_id.eq(streams.number(&delivery)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) fn percent(play: &ClosedPlay) -> i16 {
    i16::try_from(play.percent_complete.clamp(0, 100)).unwrap_or(0)
}
