//! Codes that wait at plex.tv for their person. Must not know what becomes of who approves one.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::plex_pins;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

/// A code, by the digest of the ticket that the browser has for it.
pub struct NewPin<'a> {
    pub digest: &'a [u8],
    pub pin_id: i64,
    /// Who asked for it.
    pub address: &'a str,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Keeps a code, and forgets those that are over.
pub async fn add(conn: &mut Conn, new: &NewPin<'_>) -> DbResult<()> {
    diesel::delete(plex_pins::table.filter(plex_pins::expires_at.lt(new.created_at))).execute(conn).await?;
    diesel::insert_into(plex_pins::table)
        .values((
            plex_pins::digest.eq(new.digest),
            plex_pins::pin_id.eq(new.pin_id),
            plex_pins::address.eq(new.address),
            plex_pins::created_at.eq(new.created_at),
            plex_pins::expires_at.eq(new.expires_at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// How many wait that were asked for from an address, and how many at all.
pub async fn count(conn: &mut Conn, address: &str, now: DateTime<Utc>) -> DbResult<(i64, i64)> {
    let waiting = plex_pins::table.filter(plex_pins::expires_at.ge(now));
    let theirs = waiting.filter(plex_pins::address.eq(address)).count().get_result(conn).await?;
    Ok((theirs, waiting.count().get_result(conn).await?))
}

/// The number that plex.tv knows a waiting code by.
pub async fn find(conn: &mut Conn, digest: &[u8], now: DateTime<Utc>) -> DbResult<Option<i64>> {
    Ok(plex_pins::table
        .filter(plex_pins::digest.eq(digest).and(plex_pins::expires_at.ge(now)))
        .select(plex_pins::pin_id)
        .first(conn)
        .await
        .optional()?)
}

/// Takes a code away; `false` where somebody else has taken it: it opens one session.
pub async fn take(conn: &mut Conn, digest: &[u8]) -> DbResult<bool> {
    Ok(diesel::delete(plex_pins::table.find(digest)).execute(conn).await? > 0)
}
