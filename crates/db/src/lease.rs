//! Which replica watches which server: an advisory lock on a connection of its own, an epoch that fences old owners off,
//! and a mark of how long the owner is known to have watched.

use crate::alone::{Deed, alone};
use crate::error::{DbError, DbResult};
use crate::pool::{Conn, Database};
use crate::schema::collectors;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use tautulli_domain::{Error, ErrorKind, Result, ServerId};
use uuid::Uuid;

/// The right to watch a server, for as long as the connection lives.
pub struct Lease {
    conn: Conn,
    pub server_id: ServerId,
    pub epoch: i64,
    /// Until when the owner before us had watched.
    pub watched_until: Option<DateTime<Utc>>,
    /// Whether that owner was this very process: what it remembers is still the truth.
    pub continued: bool,
}

/// Tries to become the watcher of a server; `None` while another replica is.
pub async fn acquire(
    database: &Database,
    server: ServerId,
    owner: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Lease>> {
    let Some(mut conn) = alone(database, Deed::Watch, server.0).await? else { return Ok(None) };
    let (epoch, watched_until, continued) = take_over(&mut conn, server, owner, now).await?;
    Ok(Some(Lease { conn, server_id: server, epoch, watched_until, continued }))
}

async fn take_over(
    conn: &mut Conn,
    server: ServerId,
    owner: Uuid,
    now: DateTime<Utc>,
) -> DbResult<(i64, Option<DateTime<Utc>>, bool)> {
    let before: Option<(Uuid, i64, DateTime<Utc>)> = collectors::table
        .find(server.0)
        .select((collectors::owner, collectors::epoch, collectors::alive_at))
        .first(conn)
        .await
        .optional()?;
    let epoch = before.map_or(1, |(_, epoch, _)| epoch + 1);
    let watched_until = before.map(|(_, _, alive_at)| alive_at);
    diesel::insert_into(collectors::table)
        .values((
            collectors::server_id.eq(server.0),
            collectors::owner.eq(owner),
            collectors::epoch.eq(epoch),
            collectors::alive_at.eq(watched_until.unwrap_or(now)),
        ))
        .on_conflict(collectors::server_id)
        .do_update()
        .set((collectors::owner.eq(owner), collectors::epoch.eq(epoch)))
        .execute(conn)
        .await?;
    Ok((epoch, watched_until, before.is_some_and(|(other, _, _)| other == owner)))
}

impl Lease {
    /// Marks that we have watched until `now`. An error means that the lease may be lost.
    pub async fn mark_alive(&mut self, now: DateTime<Utc>) -> Result<()> {
        let marked =
            diesel::sql_query("UPDATE collectors SET alive_at = $1 WHERE server_id = $2 AND epoch = $3")
                .bind::<diesel::sql_types::Timestamptz, _>(now)
                .bind::<BigInt, _>(self.server_id.0)
                .bind::<BigInt, _>(self.epoch)
                .execute(&mut self.conn)
                .await
                .map_err(DbError::from)?;
        if marked == 0 { Err(lost()) } else { Ok(()) }
    }
}

/// Refuses a write of an owner whose epoch is over; holds the row so that nobody takes over in the middle.
pub(crate) async fn fence(conn: &Conn, server: ServerId, epoch: i64) -> DbResult<()> {
    let current: Option<i64> = collectors::table
        .find(server.0)
        .select(collectors::epoch)
        .for_share()
        .first(&mut &*conn)
        .await
        .optional()?;
    if current == Some(epoch) { Ok(()) } else { Err(DbError(lost())) }
}

const LOST: &str = "Another replica watches this server now";

/// The error of a write that came too late.
fn lost() -> Error {
    Error::new(ErrorKind::Conflict, LOST)
}

/// Whether an error means that the lease is gone.
pub fn is_lost(error: &Error) -> bool {
    error.outer() == LOST
}
