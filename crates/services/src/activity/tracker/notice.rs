//! Notices of the socket: deltas without user or player.

use super::{Expected, Reaction, Tracker};
use chrono::{DateTime, Utc};
use tautulli_domain::session::{Notice, PlayState};
use tautulli_plex::socket::TranscodeUpdate;

impl Tracker {
    /// Takes a notice in. A session that we do not know, or not like this, must be looked at.
    pub fn notice(&mut self, notice: &Notice, now: DateTime<Utc>) -> Reaction {
        let Some(session) = self.sessions.get_mut(&notice.session_key) else {
            return self.unknown(notice, now);
        };
        let same_key = notice.rating_key.is_empty() || notice.rating_key == session.item.rating_key;
        if !same_key && !session.item.live {
            return self.other_item(notice, now);
        }
        self.misses.remove(&notice.session_key);
        if notice.state == PlayState::Stopped {
            let steps =
                self.close_stopped(notice.session_key, notice.view_offset_ms, now).into_iter().collect();
            return Reaction { steps, look: false };
        }
        let before = Self::mark(session);
        let look = self.gap || session.needs_look(notice);
        let events = session.notice(notice, now, &self.rules);
        Reaction { steps: vec![Self::step(before, session, events)], look }
    }

    /// Buffering alone is no start (ACT-05); a stop of what no look has found yet is kept for that look.
    fn unknown(&mut self, notice: &Notice, now: DateTime<Utc>) -> Reaction {
        match notice.state {
            PlayState::Stopped => {
                let expected = self.expected.get_mut(&notice.session_key);
                if let Some(expected) = expected.filter(|e| e.is_of(&notice.rating_key)) {
                    expected.stopped.get_or_insert((now, notice.view_offset_ms));
                }
                Reaction::default()
            }
            PlayState::Buffering => Reaction::default(),
            _ => {
                self.expect(notice, now);
                Reaction { steps: Vec::new(), look: true }
            }
        }
    }

    /// The next item under the same key, from a client that never says "stopped" (ACT-07). The look closes the old play
    /// and opens the new one as of now.
    fn other_item(&mut self, notice: &Notice, now: DateTime<Utc>) -> Reaction {
        if notice.state == PlayState::Stopped {
            // A late word about an item that is not played any more.
            return Reaction::default();
        }
        self.expect(notice, now);
        Reaction { steps: Vec::new(), look: true }
    }

    fn expect(&mut self, notice: &Notice, now: DateTime<Utc>) {
        let rating_key = notice.rating_key.clone();
        let fresh = Expected { since: now, rating_key, stopped: None };
        let expected = self.expected.entry(notice.session_key).or_insert_with(|| fresh.clone());
        if !expected.is_of(&notice.rating_key) {
            // What was expected before has never been found.
            *expected = fresh;
        }
        if expected.stopped.is_some() {
            // It goes on after all.
            expected.stopped = None;
        }
    }

    /// The transcoder's progress; told to listeners, not worth a write.
    pub fn transcode(&mut self, update: &TranscodeUpdate) -> Reaction {
        let of_update = |key: &str| !key.is_empty() && key == update.key;
        let known = self
            .sessions
            .values_mut()
            .find(|s| s.stream.transcode.as_ref().is_some_and(|t| of_update(&t.key)));
        let Some(session) = known else { return Reaction::default() };
        if update.ended {
            return Reaction { steps: Vec::new(), look: true };
        }
        if let Some(transcode) = session.stream.transcode.as_mut() {
            transcode.progress = update.progress;
            transcode.speed = update.speed;
            transcode.throttled = update.throttled;
            transcode.max_offset_s = update.max_offset_s;
            transcode.min_offset_s = update.min_offset_s;
        }
        Reaction { steps: vec![super::Step::tell(session)], look: false }
    }
}
