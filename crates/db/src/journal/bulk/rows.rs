//! The rows of a round that nothing depends on: plays and their timelines.

use super::Line;
use crate::details::{self, Deliveries, Delivery};
use crate::error::DbResult;
use crate::journal::plays::percent;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::sql_types::{
    Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel_async::RunQueryDsl;
use tautulli_domain::ServerId;
use tautulli_domain::session::{ClosedPlay, SessionEvent};
use uuid::Uuid;

pub(super) async fn plays(conn: &mut Conn, server: ServerId, lines: &[Line<'_>]) -> DbResult<()> {
    let of = |of: fn(&Line<'_>) -> i64| lines.iter().map(of).collect::<Vec<i64>>();
    let text = |of: fn(&ClosedPlay) -> &str| lines.iter().map(|line| of(line.play())).collect::<Vec<&str>>();
    let time =
        |of: fn(&ClosedPlay) -> DateTime<Utc>| lines.iter().map(|line| of(line.play())).collect::<Vec<_>>();
    let players = lines
        .iter()
        .map(|line| details::player(&line.play().session.player))
        .collect::<Result<Vec<String>, _>>()?;
    let deliveries = lines
        .iter()
        .map(|line| Delivery::of(&line.play().session.stream))
        .collect::<Result<Vec<Delivery>, _>>()?;
    let mut streams = Deliveries::default();
    streams.remember(conn, deliveries.iter()).await?;
    let sessions: Vec<Uuid> = lines.iter().map(|line| line.play().session.id.0).collect();
    let sql = "INSERT INTO plays (server_id, id, session_id, group_id, user_id, library_id, item_id, snapshot_id, kind,
                 live, started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision,
                 platform, product, player, machine_id, address, location, initial, player_detail, stream_id)
               SELECT $1, id, session_id, group_id, user_id, library_id, item_id, snapshot_id, kind, live, started_at, stopped_at,
                 played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform, product, player,
                 machine_id, address, location, initial, player_detail::jsonb, stream_id
               FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $24, $25, $26, $27) AS given(id, session_id, group_id, user_id, library_id, item_id, snapshot_id, kind, live,
                 started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision,
                 platform, product, player, machine_id, address, location, initial, player_detail, stream_id)";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(server.0)
        .bind::<Array<BigInt>, _>(of(|line| line.play_id.0))
        .bind::<Array<SqlUuid>, _>(sessions)
        .bind::<Array<BigInt>, _>(of(|line| line.group_id.0))
        .bind::<Array<BigInt>, _>(of(|line| line.user_id.0))
        .bind::<Array<Nullable<BigInt>>, _>(
            lines.iter().map(|line| line.library_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(of(|line| line.item_id))
        .bind::<Array<BigInt>, _>(of(|line| line.snapshot_id))
        .bind::<Array<Text>, _>(text(|play| play.session.item.kind.name()))
        .bind::<Array<Bool>, _>(lines.iter().map(|line| line.play().session.item.live).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(time(|play| play.session.started_at))
        .bind::<Array<Timestamptz>, _>(time(|play| play.stopped_at))
        .bind::<Array<BigInt>, _>(of(|line| line.play().played_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play().paused_ms))
        .bind::<Array<BigInt>, _>(of(|line| line.play().view_offset_ms))
        .bind::<Array<SmallInt>, _>(lines.iter().map(|line| percent(line.play())).collect::<Vec<_>>())
        .bind::<Array<SmallInt>, _>(lines.iter().map(|line| line.play().watched_quarters).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(text(|play| play.session.stream.decision().word()))
        .bind::<Array<Text>, _>(text(|play| &play.session.player.platform))
        .bind::<Array<Text>, _>(text(|play| &play.session.player.product))
        .bind::<Array<Text>, _>(text(|play| &play.session.player.title))
        .bind::<Array<Text>, _>(text(|play| &play.session.player.machine_id))
        .bind::<Array<Text>, _>(text(|play| &play.session.player.address))
        .bind::<Array<Text>, _>(text(|play| play.session.player.location.name()))
        .bind::<Array<Bool>, _>(lines.iter().map(|line| line.initial).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(players)
        .bind::<Array<BigInt>, _>(deliveries.iter().map(|one| streams.number(one)).collect::<Vec<_>>())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn events(conn: &mut Conn, server: ServerId, lines: &[Line<'_>]) -> DbResult<()> {
    let all: Vec<(Uuid, &SessionEvent)> = lines
        .iter()
        .flat_map(|line| line.finished.events.iter().map(|event| (line.play().session.id.0, event)))
        .collect();
    let details: Vec<String> =
        all.iter().map(|(_, event)| serde_json::to_string(&event.detail)).collect::<Result<_, _>>()?;
    let sql = "INSERT INTO session_events (server_id, session_id, seq, at, kind, view_offset_ms, detail)
               SELECT $1, session_id, seq, at, kind, view_offset_ms, detail::jsonb
               FROM unnest($2, $3, $4, $5, $6, $7) AS given(session_id, seq, at, kind, view_offset_ms, detail)
               ON CONFLICT DO NOTHING";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(server.0)
        .bind::<Array<SqlUuid>, _>(all.iter().map(|(session, _)| *session).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(all.iter().map(|(_, event)| event.seq).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(all.iter().map(|(_, event)| event.at).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all.iter().map(|(_, event)| event.kind.name()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(all.iter().map(|(_, event)| event.view_offset_ms).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(details)
        .execute(conn)
        .await?;
    Ok(())
}
