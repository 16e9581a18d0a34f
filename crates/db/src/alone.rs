//! The right to do something alone among all replicas: a lock that lives as long as a connection, so that the dead give it back.
//! Knows nothing of what is done.

use crate::error::DbError;
use crate::pool::{Conn, Database};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};
use diesel_async::RunQueryDsl;
use tautulli_domain::Result;

/// What is done alone; the lock's first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Watching a server; the second number is the server's.
    Watch = 0x7461,
    /// Running a job; the second number is its row's.
    Job = 0x7462,
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}

/// A connection of its own that holds the right; `None` while another has it.
pub(crate) async fn alone(database: &Database, deed: Deed, number: i64) -> Result<Option<Conn>> {
    let mut conn = database.dedicated().await?;
    let number = i32::try_from(number % i64::from(i32::MAX)).unwrap_or(0);
    let answer: Locked = diesel::sql_query("SELECT pg_try_advisory_lock($1, $2) AS locked")
        .bind::<Integer, _>(deed as i32)
        .bind::<Integer, _>(number)
        .get_result(&mut conn)
        .await
        .map_err(DbError::from)?;
    Ok(answer.locked.then_some(conn))
}
