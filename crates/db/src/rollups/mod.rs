//! The roll-ups: what statistics and graphs are counted from, kept true in the transaction that changes plays.
//!
//! Whoever writes plays calls [`count`] after it ([`count_new`] and [`settle`] for one that is being written), whoever deletes or
//! changes them calls [`discount`] before it (and [`count`] after a change). Whoever does either while holding other locks calls [`lock`] first. Everything here can be
//! computed again from `plays` ([`rebuild`]). Must not know who changes plays, nor what is shown.
//!
//! A play's *facts* are one narrow row. A play carries a bit for each kind of bucket in which it is its group's first, so
//! that groups ("lines") add up like plays: each counts once in each day, week, month, weekday and hour, and once at all.

mod anew;
mod facts;
pub(crate) mod peaks;
mod rebuild;
mod sums;
mod titles;

pub use rebuild::{Difference, Rebuilt, rebuild, recount};

use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use tautulli_domain::PlayId;

/// Any fixed number: whoever holds this lock may change the roll-ups.
const LOCK: i64 = 0x726f_6c6c_7570;

/// What a row of `rollups` is a sum of, and which bit says that a play is its group's first there.
pub(crate) const DAY: (i16, i16) = (1, 2);
pub(crate) const WEEK_FROM_MONDAY: (i16, i16) = (2, 4);
pub(crate) const WEEK_FROM_SUNDAY: (i16, i16) = (3, 8);
pub(crate) const MONTH: (i16, i16) = (4, 16);
pub(crate) const WEEKDAY: (i16, i16) = (5, 32);
pub(crate) const HOUR: (i16, i16) = (6, 64);
pub(crate) const PLATFORM: (i16, i16) = (7, 1);
pub(crate) const USER: (i16, i16) = (8, 1);
pub(crate) const SOURCE: (i16, i16) = (9, 1);
pub(crate) const STREAM: (i16, i16) = (10, 1);
/// Of all time, under the first day of 1970: few rows for what asks about everything.
pub(crate) const USER_EVER: (i16, i16) = (11, 1);
pub(crate) const PLATFORM_EVER: (i16, i16) = (12, 1);

/// Holds every other writer of roll-ups back until the transaction ends. Taken again by the same transaction it costs
/// nothing; taking it first keeps two writers from waiting for each other.
pub async fn lock(conn: &Conn) -> DbResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// Counts plays that have just been written, in their transaction. Plays that are counted already are passed over, so a
/// call may be repeated. Their groups may have other members.
pub async fn count(conn: &mut Conn, plays: &[PlayId]) -> DbResult<()> {
    if plays.is_empty() {
        return Ok(());
    }
    lock(conn).await?;
    let fresh = facts::insert(conn, &numbers(plays)).await?;
    if fresh.is_empty() {
        return Ok(());
    }
    sums::apply(conn, &fresh, sums::Sign::Add).await?;
    peaks::raise(conn, &fresh).await
}

/// How far a play has been counted: [`count_new`] does not wait for what hardly ever happens, [`settle`] does.
pub(crate) struct Counted {
    is_known: bool,
    spans: Vec<peaks::Span>,
}

/// Counts a play with a number of its own that is being written by the statement before, under the [`lock`].
pub(crate) async fn count_new(conn: &Conn, play: PlayId) -> DbResult<Counted> {
    let plays = [play.0];
    let (fresh, (), spans) = try_join!(
        facts::insert_known(conn, &plays),
        sums::apply(conn, &plays, sums::Sign::Add),
        peaks::spans(conn, &plays),
    )?;
    Ok(Counted { is_known: !fresh.is_empty(), spans })
}

/// The rest of it. Of a play whose words or title were not known nothing has been counted yet.
pub(crate) async fn settle(conn: &mut Conn, play: PlayId, counted: Counted) -> DbResult<()> {
    if !counted.is_known {
        return count(conn, &[play]).await;
    }
    peaks::raise_within(conn, counted.spans).await
}

/// Takes plays out of every roll-up, before they are deleted or changed, in the same transaction. Plays that are not
/// counted are passed over. Members of their groups that stay are counted as before.
pub async fn discount(conn: &mut Conn, plays: &[PlayId]) -> DbResult<()> {
    if plays.is_empty() {
        return Ok(());
    }
    lock(conn).await?;
    let known = facts::known(conn, &numbers(plays)).await?;
    if known.is_empty() {
        return Ok(());
    }
    let touched = facts::touched(conn, &known).await?;
    sums::apply(conn, &known, sums::Sign::Take).await?;
    facts::delete(conn, &known).await?;
    sums::recall_last(conn, &touched).await?;
    titles::recall_last(conn, &touched.titles).await?;
    titles::sum_up(conn, &touched.titles).await?;
    peaks::recompute(conn, &touched.days).await
}

/// In which zone the roll-ups count days, and whether they must be computed again before they can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct State {
    #[diesel(sql_type = Text)]
    pub zone: String,
    #[diesel(sql_type = Bool)]
    pub stale: bool,
}

/// How the roll-ups stand.
pub async fn state(conn: &mut Conn) -> DbResult<State> {
    Ok(diesel::sql_query("SELECT zone, stale FROM rollup_state").get_result(conn).await?)
}

/// Says that plays were changed without being counted: the next start of the service computes everything again. For
/// writers of so many plays that [`rebuild`] at their end is cheaper than counting each.
pub async fn mark_stale(conn: &mut Conn) -> DbResult<()> {
    lock(conn).await?;
    diesel::sql_query("UPDATE rollup_state SET stale = true WHERE NOT stale").execute(conn).await?;
    Ok(())
}

fn numbers(plays: &[PlayId]) -> Vec<i64> {
    plays.iter().map(|play| play.0).collect()
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    number: i64,
}
