//! The sessions of one server in memory: notices, looks and time in, steps out. Pure: no clock, no network, no database.
//!
//! Every path leads to the same comparison of what is seen with what is remembered, so a lost message is healed by the
//! next look and a doubled one changes nothing.

mod look;
mod notice;
mod shift;

pub use look::Look;

use super::step::Step;
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;
use tautulli_db::journal::Written;
use tautulli_domain::session::{PlayState, Session, SessionEvent, SessionRules};
use tautulli_domain::{ServerId, SessionId};

/// A session that a notice told of before any look has found it.
#[derive(Debug, Clone)]
struct Expected {
    since: DateTime<Utc>,
    /// The item that was told of; empty when the notice did not say.
    rating_key: String,
    /// It was told to have stopped meanwhile, at this position.
    stopped: Option<(DateTime<Utc>, Option<i64>)>,
}

impl Expected {
    /// Whether it can be this item that was told of.
    fn is_of(&self, rating_key: &str) -> bool {
        self.rating_key.is_empty() || self.rating_key == rating_key
    }
}

/// A session that ended a moment ago; a list made before, or not yet up to date, may still name it.
#[derive(Debug, Clone)]
struct Grave {
    closed_at: DateTime<Utc>,
    session_id: String,
    rating_key: String,
    view_offset_ms: i64,
}

/// How long a server's list may lag behind its messages.
const GRAVE_TIME: Duration = Duration::seconds(15);
/// For how long all looks must miss a session before it is closed: a server that has much to do answers with an empty list.
const ABSENCE: Duration = Duration::seconds(4);

/// How many sessions, or which part of all, may have their progress written down at one tick. Where all began at one
/// moment, as after a restart, news of others would wait behind the writing.
const CHECKPOINTS: usize = 8;

/// What a caller has to do after a notice.
#[derive(Debug, Default)]
pub struct Reaction {
    pub steps: Vec<Step>,
    /// Look at the session list now.
    pub look: bool,
}

/// One server's sessions.
#[derive(Debug)]
pub struct Tracker {
    server_id: ServerId,
    pub rules: SessionRules,
    sessions: BTreeMap<i64, Session>,
    expected: BTreeMap<i64, Expected>,
    graves: BTreeMap<i64, Grave>,
    /// Since when the looks miss a session.
    misses: BTreeMap<i64, DateTime<Utc>>,
    suspects: BTreeMap<i64, DateTime<Utc>>,
    /// We could not watch for a while: the next look decides who is still there.
    gap: bool,
}

impl Tracker {
    pub fn new(server_id: ServerId, rules: SessionRules) -> Self {
        Self {
            server_id,
            rules,
            sessions: BTreeMap::new(),
            expected: BTreeMap::new(),
            graves: BTreeMap::new(),
            misses: BTreeMap::new(),
            suspects: BTreeMap::new(),
            gap: true,
        }
    }

    /// Takes over sessions that were open when they were last written; we, or whoever watched before us, know that they
    /// went on until `watched_until`.
    pub fn restore(&mut self, sessions: Vec<Session>, watched_until: Option<DateTime<Utc>>) {
        self.sessions = sessions.into_iter().map(|s| (s.session_key, s)).collect();
        if let Some(until) = watched_until {
            self.sessions.values_mut().for_each(|s| s.survive_until(until));
        }
        self.gap = true;
    }

    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// Whether anything plays or is about to.
    pub fn is_busy(&self) -> bool {
        !self.sessions.is_empty() || !self.expected.is_empty() || !self.suspects.is_empty()
    }

    /// Whether somebody waits for the next look.
    pub fn is_waiting(&self) -> bool {
        !self.expected.is_empty() || !self.suspects.is_empty() || !self.misses.is_empty()
    }

    /// Takes over the ids that writing has given.
    pub fn written(&mut self, written: &Written) {
        if let Some(session) = self.sessions.values_mut().find(|s| s.id == written.session_id) {
            session.user_id = Some(written.user_id);
            session.library_id = written.library_id;
            session.initial = Some(written.initial);
        }
    }

    /// The connection is gone: progress is written down as known until now (ACT-04).
    pub fn lose_sight(&mut self, now: DateTime<Utc>) -> Vec<Step> {
        if self.gap {
            return Vec::new();
        }
        self.gap = true;
        let (within, misses) = (self.rules.alive_within, &self.misses);
        let is_alive = |s: &&mut Session| now - s.seen_at <= within && !misses.contains_key(&s.session_key);
        let alive = self.sessions.values_mut().filter(is_alive);
        alive
            .map(|session| {
                session.checkpoint(now);
                Step::keep(session)
            })
            .collect()
    }

    /// Time passes: progress is written down, the silent are closed, the expected that never came are forgotten.
    pub fn tick(&mut self, now: DateTime<Utc>) -> Vec<Step> {
        self.graves.retain(|_, grave| now - grave.closed_at < GRAVE_TIME);
        self.expected.retain(|_, expected| now - expected.since < self.rules.stale_after);
        self.suspects.retain(|_, since| now - *since < GRAVE_TIME);
        let stale_after = self.rules.stale_after;
        let stale: Vec<i64> =
            self.sessions.values().filter(|s| s.is_stale(now, stale_after)).map(|s| s.session_key).collect();
        let mut steps: Vec<Step> =
            stale.into_iter().filter_map(|key| self.close_vanished(key, now)).collect();
        if !self.gap {
            let (rules, misses) = (&self.rules, &self.misses);
            let most = CHECKPOINTS.max(self.sessions.len() / 16);
            let listed = self.sessions.values_mut().filter(|s| !misses.contains_key(&s.session_key));
            let due = listed.filter_map(|s| s.tick(now, rules).then(|| Step::keep(s)));
            steps.extend(due.take(most));
        }
        steps
    }

    fn close_vanished(&mut self, key: i64, now: DateTime<Utc>) -> Option<Step> {
        let mut session = self.sessions.remove(&key)?;
        self.misses.remove(&key);
        let events = session.vanish(&self.rules);
        self.bury(&session, now);
        Some(Step::end(session, events))
    }

    fn close_stopped(&mut self, key: i64, offset: Option<i64>, now: DateTime<Utc>) -> Option<Step> {
        let mut session = self.sessions.remove(&key)?;
        self.misses.remove(&key);
        let events = session.stop(offset, now, &self.rules);
        self.bury(&session, now);
        Some(Step::end(session, events))
    }

    fn bury(&mut self, session: &Session, now: DateTime<Utc>) {
        let grave = Grave {
            closed_at: now,
            session_id: session.session_id.clone(),
            rating_key: session.item.rating_key.clone(),
            view_offset_ms: session.view_offset_ms,
        };
        self.graves.insert(session.session_key, grave);
    }

    /// A change of a known session: written when it left an entry or a checkpoint, told in any case.
    fn step(
        before: (Option<DateTime<Utc>>, PlayState),
        session: &Session,
        events: Vec<SessionEvent>,
    ) -> Step {
        if events.is_empty() && before == (session.checkpoint_at, session.state) {
            Step::tell(session)
        } else {
            Step::save(session, events)
        }
    }

    fn mark(session: &Session) -> (Option<DateTime<Utc>>, PlayState) {
        (session.checkpoint_at, session.state)
    }
}

/// Gives ids to new sessions.
pub type NewId<'a> = &'a mut dyn FnMut() -> SessionId;

#[cfg(test)]
mod tests;
