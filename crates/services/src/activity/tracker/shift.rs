//! The clock was set: what is remembered moves with it, so that lengths stay what they were.

use super::{Step, Tracker};
use chrono::{DateTime, Duration, Utc};
use tautulli_domain::session::Session;

impl Tracker {
    /// Moves every remembered moment by as much as the clock was moved. Entries of timelines that are written stay.
    ///
    /// A machine that slept looks the same from inside, so the next look decides who is still there.
    pub fn shift(&mut self, by: Duration) -> Vec<Step> {
        self.gap = true;
        for expected in self.expected.values_mut() {
            move_by(&mut expected.since, by);
            if let Some((at, _)) = expected.stopped.as_mut() {
                move_by(at, by);
            }
        }
        self.graves.values_mut().for_each(|grave| move_by(&mut grave.closed_at, by));
        self.misses.values_mut().for_each(|since| move_by(since, by));
        self.suspects.values_mut().for_each(|since| move_by(since, by));
        self.sessions.values_mut().for_each(|session| move_session(session, by));
        self.sessions.values().map(|session| Step::save(session, Vec::new())).collect()
    }
}

fn move_session(session: &mut Session, by: Duration) {
    move_by(&mut session.started_at, by);
    move_by(&mut session.seen_at, by);
    let others = [&mut session.checkpoint_at, &mut session.paused_since, &mut session.buffer_warned_at];
    others.into_iter().flatten().for_each(|at| move_by(at, by));
}

/// A clock beyond what a date can be moves nothing.
fn move_by(at: &mut DateTime<Utc>, by: Duration) {
    *at = at.checked_add_signed(by).unwrap_or(*at);
}
