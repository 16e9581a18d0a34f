//! When it was: starts, stops and pauses brought into an order that a play can have.

use super::rows::Fact;
use crate::rule::Rule;
use chrono::{DateTime, Utc};

pub(super) struct Times {
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
}

/// The year 2200: no play was later, whatever a clock said.
const END_OF_TIME: i64 = 7_258_118_400;
/// A day's worth of milliseconds times a year: no pause and no place is beyond it.
const MOST_MS: i64 = 366 * 86_400_000;

/// None where neither start nor stop can be read.
pub(super) fn read(fact: &Fact, mend: &mut impl FnMut(&'static str, Rule)) -> Option<Times> {
    let time = |seconds: Option<i64>| seconds.filter(|s| (1..END_OF_TIME).contains(s));
    let (started, stopped) = match (time(fact.started), time(fact.stopped)) {
        (None, None) => return None,
        (Some(started), None) => {
            mend("stopped", Rule::StopMissing);
            (started, started)
        }
        (None, Some(stopped)) => {
            mend("started", Rule::StartMissing);
            (stopped, stopped)
        }
        (Some(started), Some(stopped)) if stopped < started => {
            mend("stopped", Rule::StopBeforeStart);
            (started, started)
        }
        (Some(started), Some(stopped)) => (started, stopped),
    };
    let at = |seconds| DateTime::from_timestamp(seconds, 0);
    Some(Times {
        started_at: at(started)?,
        stopped_at: at(stopped)?,
        paused_ms: paused(fact.paused_counter, stopped - started, mend),
        view_offset_ms: offset(fact.view_offset, mend),
    })
}

fn paused(seconds: Option<i64>, length: i64, mend: &mut impl FnMut(&'static str, Rule)) -> i64 {
    let seconds = match seconds.unwrap_or(0) {
        negative if negative < 0 => {
            mend("paused_counter", Rule::NegativePause);
            0
        }
        long if long > length => {
            mend("paused_counter", Rule::PauseBeyondPlay);
            length
        }
        seconds => seconds,
    };
    seconds.saturating_mul(1_000)
}

fn offset(ms: Option<i64>, mend: &mut impl FnMut(&'static str, Rule)) -> i64 {
    let ms = ms.unwrap_or(0);
    if ms < 0 {
        mend("view_offset", Rule::NegativeOffset);
    }
    ms.clamp(0, MOST_MS)
}
