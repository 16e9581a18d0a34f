//! Who stopped what on which device, and so which plays continue a sitting (ACT-11).

use super::{BulkBatch, Line};
use crate::error::DbResult;
use crate::journal::begins_anew;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;

/// Of whom, on which device, of which kind.
type Seat = (i64, String, String);

#[derive(QueryableByName)]
struct Stop {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    machine_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Timestamptz)]
    stopped_at: DateTime<Utc>,
}

fn seat(line: &Line<'_>) -> Seat {
    let session = &line.play().session;
    (line.user_id.0, session.player.machine_id.clone(), session.item.kind.name().to_owned())
}

/// Tells which lines begin a sitting, and keeps the newest stop of each seat.
pub(super) async fn place(conn: &mut Conn, batch: &BulkBatch<'_>, lines: &mut [Line<'_>]) -> DbResult<()> {
    let mut last: BTreeMap<Seat, Option<DateTime<Utc>>> =
        lines.iter().map(|line| (seat(line), None)).collect();
    for stop in known(conn, batch, &last).await? {
        last.insert((stop.user_id, stop.machine_id, stop.kind), Some(stop.stopped_at));
    }
    for line in lines {
        let seat = seat(line);
        let session = &line.finished.play.session;
        let before = last.get(&seat).copied().flatten();
        line.initial =
            session.initial.unwrap_or_else(|| begins_anew(before, session.started_at, batch.rules));
        last.insert(seat, Some(session.seen_at));
    }
    write(conn, batch, &last).await
}

async fn known(
    conn: &mut Conn,
    batch: &BulkBatch<'_>,
    seats: &BTreeMap<Seat, Option<DateTime<Utc>>>,
) -> DbResult<Vec<Stop>> {
    let users: Vec<i64> = seats.keys().map(|seat| seat.0).collect();
    let machines: Vec<&str> = seats.keys().map(|seat| seat.1.as_str()).collect();
    let kinds: Vec<&str> = seats.keys().map(|seat| seat.2.as_str()).collect();
    let sql = "SELECT user_id, machine_id, kind, stopped_at
               FROM unnest($2, $3, $4) AS seat(user_id, machine_id, kind)
               JOIN last_stops USING (user_id, machine_id, kind)
               WHERE server_id = $1";
    Ok(diesel::sql_query(sql)
        .bind::<BigInt, _>(batch.server_id.0)
        .bind::<Array<BigInt>, _>(users)
        .bind::<Array<Text>, _>(machines)
        .bind::<Array<Text>, _>(kinds)
        .load(conn)
        .await?)
}

async fn write(
    conn: &mut Conn,
    batch: &BulkBatch<'_>,
    stops: &BTreeMap<Seat, Option<DateTime<Utc>>>,
) -> DbResult<()> {
    let told = || stops.iter().filter_map(|(seat, at)| Some((seat, (*at)?)));
    let users: Vec<i64> = told().map(|(seat, _)| seat.0).collect();
    let machines: Vec<&str> = told().map(|(seat, _)| seat.1.as_str()).collect();
    let kinds: Vec<&str> = told().map(|(seat, _)| seat.2.as_str()).collect();
    let times: Vec<DateTime<Utc>> = told().map(|(_, at)| at).collect();
    let sql = "INSERT INTO last_stops (server_id, user_id, machine_id, kind, stopped_at)
               SELECT $1, * FROM unnest($2, $3, $4, $5)
               ON CONFLICT (server_id, user_id, machine_id, kind) DO UPDATE SET stopped_at = excluded.stopped_at";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(batch.server_id.0)
        .bind::<Array<BigInt>, _>(users)
        .bind::<Array<Text>, _>(machines)
        .bind::<Array<Text>, _>(kinds)
        .bind::<Array<Timestamptz>, _>(times)
        .execute(conn)
        .await?;
    Ok(())
}
