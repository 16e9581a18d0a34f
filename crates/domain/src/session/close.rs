//! The end of a session: whether it is kept, and the play it becomes (HIS-01 to HIS-05).

use super::bounds::MAX_OFFSET_MS;
use super::{EventDetail, EventKind, PlayState, Session, SessionEvent, SessionRules};
use crate::media::{MediaKind, MediaVersion};
use crate::watched::{Reach, percent_complete};
use chrono::{DateTime, Duration, Utc};

/// Why a session leaves no play behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// Clips, trailers, extras, photos and cloud items are not history (HIS-01).
    Kind,
    /// Played for too short a time (HIS-02).
    TooShort,
    /// The user's history is not kept (HIS-03).
    UserNotKept,
    /// The library's history is not kept (HIS-03).
    LibraryNotKept,
}

/// A finished play, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedPlay {
    pub session: Session,
    pub stopped_at: DateTime<Utc>,
    /// Milliseconds: stop - start - paused, never negative.
    pub played_ms: i64,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
    /// 0 to 100; always 100 for live.
    pub percent_complete: i64,
    /// 0 to 4 quarters of the way to watched; always 4 for live (HIS-12).
    pub watched_quarters: i16,
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Kept(Box<ClosedPlay>),
    Dropped(DropReason),
}

impl Session {
    /// Ends the session because the server says so. `offset`: where the server says it stopped.
    pub fn stop(
        &mut self,
        offset: Option<i64>,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) -> Vec<SessionEvent> {
        let now = now.max(self.seen_at);
        self.view_offset_ms = offset.unwrap_or_else(|| self.view_offset_at(now)).clamp(0, MAX_OFFSET_MS);
        self.end(now, rules)
    }

    /// Ends the session that vanished without a word: with the last progress written down, or the last sign of life of
    /// one that never got so far.
    pub fn vanish(&mut self, rules: &SessionRules) -> Vec<SessionEvent> {
        match self.checkpoint_at {
            Some(at) => {
                self.view_offset_ms = self.checkpoint_offset_ms;
                self.paused_ms = self.checkpoint_paused_ms;
                self.paused_since = None;
                self.end(at, rules)
            }
            None => self.end(self.seen_at, rules),
        }
    }

    fn end(&mut self, at: DateTime<Utc>, rules: &SessionRules) -> Vec<SessionEvent> {
        let mut events = Vec::new();
        self.paused_ms = self.paused_ms_at(at);
        self.paused_since = None;
        self.snap_to_end(rules.end_snap);
        self.state = PlayState::Stopped;
        if self.stream.source == MediaVersion::default() {
            // The library never told more: what was delivered is all that is known of the source.
            self.stream.source = self.stream.delivered.clone();
        }
        self.seen_at = at;
        self.tell_watched(&mut events, at, rules);
        self.push(&mut events, at, EventKind::Stopped, EventDetail::default());
        events
    }

    /// A stop within the last seconds is the end (ACT-10).
    fn snap_to_end(&mut self, within: Duration) {
        if let Some(duration) = self.item.duration_ms.filter(|d| *d > 0)
            && self.view_offset_ms >= duration.saturating_sub(within.num_milliseconds())
        {
            self.view_offset_ms = duration;
        }
    }

    fn tell_watched(&mut self, events: &mut Vec<SessionEvent>, at: DateTime<Utc>, rules: &SessionRules) {
        if !self.watched && !self.item.live && rules.watched.is_watched(self.item.kind, &self.final_reach()) {
            self.watched = true;
            self.push(events, at, EventKind::Watched, EventDetail::default());
        }
    }

    /// How far it got, for the watched rules.
    pub fn final_reach(&self) -> Reach {
        let (first_credits_ms, final_credits_ms) = self.item.credits();
        Reach {
            view_offset_ms: self.view_offset_ms,
            duration_ms: self.item.duration_ms,
            first_credits_ms,
            final_credits_ms,
        }
    }

    /// What an ended session leaves. `keep_user` and `keep_library`: whose history is kept (HIS-03).
    pub fn outcome(&self, keep_user: bool, keep_library: bool, rules: &SessionRules) -> Outcome {
        if !self.item.kind.is_recorded() || (self.item.numeric_key().is_none() && !self.item.live) {
            return Outcome::Dropped(DropReason::Kind);
        }
        if !keep_user {
            return Outcome::Dropped(DropReason::UserNotKept);
        }
        if !keep_library {
            return Outcome::Dropped(DropReason::LibraryNotKept);
        }
        let total = (self.seen_at - self.started_at).num_milliseconds().max(0);
        let paused_ms = self.paused_ms.clamp(0, total);
        let played_ms = total - paused_ms;
        if self.is_too_short(played_ms, rules) {
            return Outcome::Dropped(DropReason::TooShort);
        }
        let live = self.item.live;
        let percent = if live { 100 } else { percent_complete(self.view_offset_ms, self.item.duration_ms) };
        let quarters = if live { 4 } else { rules.watched.quarters(self.item.kind, &self.final_reach()) };
        Outcome::Kept(Box::new(ClosedPlay {
            session: self.clone(),
            stopped_at: self.seen_at,
            played_ms,
            paused_ms,
            view_offset_ms: self.view_offset_ms,
            percent_complete: percent,
            watched_quarters: quarters,
        }))
    }

    fn is_too_short(&self, played_ms: i64, rules: &SessionRules) -> bool {
        match self.item.kind {
            MediaKind::Track => {
                let lasts = self.item.duration_ms.unwrap_or(0);
                lasts >= rules.track_floor.num_milliseconds()
                    && played_ms < rules.track_ignore_interval.num_milliseconds()
            }
            _ => played_ms < rules.ignore_interval.num_milliseconds(),
        }
    }
}
