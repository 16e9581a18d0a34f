//! The transitions (ACT-05 to ACT-15): what a sign of life changes and what it makes happen.

use super::bounds::MAX_OFFSET_MS;
use super::observation::{Notice, Observation};
use super::{EventDetail, EventKind, PlayState, Session, SessionEvent, SessionRules};
use crate::media::MediaVersion;
use crate::watched::Reach;
use crate::{ServerId, SessionId};
use chrono::{DateTime, Utc};

/// A position this far from where play should have got to is a jump.
const JUMP_MS: i64 = 15_000;

impl Session {
    /// Opens a session at its first observation.
    pub fn open(
        id: SessionId,
        server_id: ServerId,
        mut observation: Observation,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) -> (Self, Vec<SessionEvent>) {
        observation.bound();
        let Observation { session_key, session_id, state, view_offset_ms, user, item, player, stream } =
            observation;
        let mut session = Self {
            id,
            server_id,
            session_key,
            session_id,
            user_id: None,
            library_id: None,
            item_id: None,
            user,
            item,
            player,
            stream,
            state,
            started_at: now,
            seen_at: now,
            checkpoint_at: None,
            checkpoint_offset_ms: view_offset_ms,
            checkpoint_paused_ms: 0,
            view_offset_ms,
            paused_ms: 0,
            paused_since: (state == PlayState::Paused).then_some(now),
            buffer_count: i64::from(state == PlayState::Buffering),
            buffer_warned_at: None,
            marker: None,
            watched: false,
            initial: None,
            seq: 0,
        };
        let mut events = Vec::new();
        let decision = Some(session.stream.decision());
        session.push(&mut events, now, EventKind::Started, EventDetail { decision, ..Default::default() });
        session.reach(&mut events, now, rules);
        (session, events)
    }

    /// A passing notice about the same item. `stopped` is not for here: close the session instead.
    pub fn notice(&mut self, notice: &Notice, now: DateTime<Utc>, rules: &SessionRules) -> Vec<SessionEvent> {
        let mut events = Vec::new();
        self.advance(&mut events, notice.state, notice.view_offset_ms, now, rules);
        events
    }

    /// A full look at the same play: as a notice, and the stream and player are taken over.
    pub fn observe(
        &mut self,
        mut seen: Observation,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) -> Vec<SessionEvent> {
        seen.bound();
        let mut events = Vec::new();
        let changed = self.stream_differs(&seen);
        self.session_id = seen.session_id;
        self.player = seen.player;
        let known = std::mem::replace(&mut self.stream, seen.stream);
        if self.stream.source == MediaVersion::default() {
            // A passing look tells only what is delivered.
            self.stream.source = known.source;
        } else if known.source == MediaVersion::default() {
            // The library has answered at last.
            self.item = seen.item;
        }
        if changed {
            let decision = Some(self.stream.decision());
            self.push(
                &mut events,
                now,
                EventKind::StreamChanged,
                EventDetail { decision, ..Default::default() },
            );
        }
        self.advance(&mut events, seen.state, Some(seen.view_offset_ms), now, rules);
        events
    }

    /// Whether `notice` tells of another transcode than the one we know, so that the session must be looked at again (ACT-08).
    pub fn needs_look(&self, notice: &Notice) -> bool {
        let known = self.stream.transcode.as_ref().map_or("", |t| t.key.as_str());
        notice.transcode_key.as_deref().is_some_and(|key| key != known)
            || notice.transcode_key.is_none()
                && !known.is_empty()
                && notice.state == PlayState::Playing
                && !self.item.live
    }

    /// Writes progress down when enough time has passed since it was last written and the session is known to be alive.
    pub fn tick(&mut self, now: DateTime<Utc>, rules: &SessionRules) -> bool {
        let due = now - self.checkpoint_at.unwrap_or(self.started_at) >= rules.checkpoint_every;
        let alive = now - self.seen_at <= rules.alive_within;
        if due && alive {
            self.checkpoint(now);
        }
        due && alive
    }

    fn stream_differs(&self, seen: &Observation) -> bool {
        let known = self.stream.transcode.as_ref().map_or("", |t| t.key.as_str());
        known != seen.transcode_key() || self.stream.decision() != seen.stream.decision()
    }

    /// Time and place move on; a change of state is told and is a checkpoint.
    fn advance(
        &mut self,
        events: &mut Vec<SessionEvent>,
        state: PlayState,
        offset: Option<i64>,
        now: DateTime<Utc>,
        rules: &SessionRules,
    ) {
        let now = now.max(self.seen_at);
        let expected = self.view_offset_at(now);
        let offset = offset.unwrap_or(expected).clamp(0, MAX_OFFSET_MS);
        let before = self.state;
        self.count_pause(state, now);
        self.state = state;
        self.seen_at = now;
        self.view_offset_ms = offset;
        if !self.item.live && (offset - expected).abs() > JUMP_MS {
            let detail = EventDetail { from_ms: Some(expected), ..Default::default() };
            self.push(events, now, EventKind::Seeked, detail);
        }
        self.tell_transition(events, before, now);
        if state == PlayState::Buffering {
            self.buffer(events, before, now, rules);
        }
        self.reach(events, now, rules);
        if before != state {
            self.checkpoint(now);
        }
    }

    fn tell_transition(&mut self, events: &mut Vec<SessionEvent>, before: PlayState, now: DateTime<Utc>) {
        let kind = match (before, self.state) {
            (same, after) if same == after => return,
            (_, PlayState::Paused) => EventKind::Paused,
            (PlayState::Paused, PlayState::Playing | PlayState::Buffering) => EventKind::Resumed,
            (_, PlayState::Error) => EventKind::Error,
            _ => return,
        };
        self.push(events, now, kind, EventDetail::default());
    }

    /// Pauses add up in a counter; play time is always stop - start - paused (ACT-09).
    fn count_pause(&mut self, after: PlayState, now: DateTime<Utc>) {
        self.paused_ms = self.paused_ms_at(now);
        self.paused_since = (after == PlayState::Paused).then_some(now);
    }

    /// Markers and the watched point, wherever the play has got to.
    fn reach(&mut self, events: &mut Vec<SessionEvent>, now: DateTime<Utc>, rules: &SessionRules) {
        self.enter_marker(events, now, rules);
        let (first, last) = self.item.credits();
        let reach = Reach {
            view_offset_ms: self.view_offset_ms,
            duration_ms: self.item.duration_ms,
            first_credits_ms: first,
            final_credits_ms: last,
        };
        let reached = !self.item.live && rules.watched.is_watched(self.item.kind, &reach);
        if reached && !self.watched && self.state != PlayState::Buffering {
            self.watched = true;
            self.push(events, now, EventKind::Watched, EventDetail::default());
        }
    }

    /// Writes progress down: what a play that is never heard of again is closed with.
    pub fn checkpoint(&mut self, now: DateTime<Utc>) {
        self.checkpoint_at = Some(now);
        self.checkpoint_offset_ms = self.view_offset_at(now);
        self.checkpoint_paused_ms = self.paused_ms_at(now);
    }

    pub(super) fn push(
        &mut self,
        events: &mut Vec<SessionEvent>,
        at: DateTime<Utc>,
        kind: EventKind,
        detail: EventDetail,
    ) {
        self.seq = self.seq.saturating_add(1);
        events.push(SessionEvent { seq: self.seq, at, kind, view_offset_ms: self.view_offset_ms, detail });
    }
}
