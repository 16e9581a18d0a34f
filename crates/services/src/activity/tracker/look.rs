//! The session list against memory: who is new, who has changed, who has gone.

use super::{ABSENCE, Grave, NewId, Step, Tracker};
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeMap, BTreeSet};
use tautulli_domain::session::{Observation, PlayState, Session};

/// How long a session may be told of before the list names it.
const LAG: Duration = Duration::seconds(3);

/// Milliseconds by which a position may differ from what was expected before listeners are told.
const NOTICEABLE_MS: i64 = 2_000;

/// A whole, successful look.
#[derive(Debug)]
pub struct Look {
    /// When the list was asked for: what was heard later is newer than it.
    pub asked_at: DateTime<Utc>,
    pub rows: Vec<Observation>,
    /// Every row could be read: whoever is not in the list is not there.
    pub whole: bool,
}

impl Tracker {
    /// Compares a look with memory. `ids` gives ids to new sessions.
    pub fn looked(&mut self, look: Look, now: DateTime<Utc>, ids: NewId<'_>) -> Vec<Step> {
        let gap = std::mem::take(&mut self.gap);
        let mut steps = Vec::new();
        let mut listed = BTreeSet::new();
        let rows: BTreeMap<i64, Observation> =
            look.rows.into_iter().map(|row| (row.session_key, row)).collect();
        for (key, row) in rows {
            listed.insert(key);
            let was_hidden = self.misses.remove(&key).is_some();
            let found = self.row(row, look.asked_at, gap, now, ids);
            let is_back = was_hidden && found.is_empty();
            steps.extend(found);
            steps.extend(self.sessions.get(&key).filter(|_| is_back).map(Step::tell));
        }
        if look.whole {
            steps.extend(self.missing(&listed, look.asked_at, gap, now));
        } else {
            self.gap = gap;
        }
        // Whoever was expected well before the list was made and is not in it has come and gone unseen.
        self.expected.retain(|_, e| e.since + LAG >= look.asked_at);
        steps
    }

    fn row(
        &mut self,
        row: Observation,
        asked_at: DateTime<Utc>,
        gap: bool,
        now: DateTime<Utc>,
        ids: NewId<'_>,
    ) -> Vec<Step> {
        if row.item.is_theme_music() {
            return Vec::new();
        }
        let key = row.session_key;
        let Some(session) = self.sessions.get_mut(&key) else {
            return self.newcomer(row, asked_at, now, ids);
        };
        let same = if gap { session.is_same_after_gap(&row) } else { session.is_same_play(&row) };
        if same {
            return vec![self.seen(row, asked_at, now)].into_iter().flatten().collect();
        }
        let since = self.expected.get(&key).map_or(now, |e| e.since);
        let closed = if gap { self.close_vanished(key, now) } else { self.close_stopped(key, None, since) };
        self.graves.remove(&key);
        let mut steps: Vec<Step> = closed.into_iter().collect();
        steps.extend(self.newcomer(row, asked_at, now, ids));
        steps
    }

    /// A look at a known play. What a message said after the list was asked for is newer than the list. That play has gone
    /// on as expected is news to nobody.
    fn seen(&mut self, mut row: Observation, asked_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Step> {
        let session = self.sessions.get_mut(&row.session_key)?;
        if self.expected.get(&row.session_key).is_some_and(|e| e.is_of(&row.item.rating_key)) {
            self.expected.remove(&row.session_key);
        }
        let before = Self::mark(session);
        if session.seen_at > asked_at {
            row.state = session.state;
            row.view_offset_ms = session.view_offset_at(now);
        }
        row.bound();
        let is_news = is_news(session, &row, now);
        let events = session.observe(row, now, &self.rules);
        let is_new = is_news || !events.is_empty() || before != Self::mark(session);
        is_new.then(|| Self::step(before, session, events))
    }

    fn newcomer(
        &mut self,
        row: Observation,
        asked_at: DateTime<Utc>,
        now: DateTime<Utc>,
        ids: NewId<'_>,
    ) -> Vec<Step> {
        let key = row.session_key;
        let expected = self.expected.get(&key).cloned();
        if row.state == PlayState::Buffering && expected.is_none() || row.state == PlayState::Stopped {
            return Vec::new();
        }
        let is_older = expected.as_ref().is_some_and(|e| asked_at <= e.since);
        let expected = expected.filter(|e| e.is_of(&row.item.rating_key));
        let is_dead = self.graves.get(&key).is_some_and(|grave| is_dead(grave, &row, asked_at, now));
        if expected.is_none() && (is_older || is_dead) || !self.is_trusted(&row, asked_at, now) {
            return Vec::new();
        }
        if expected.is_some() {
            self.expected.remove(&key);
        }
        self.suspects.remove(&key);
        let started_at = expected.as_ref().map_or(now, |e| e.since.min(now));
        let (session, events) = Session::open(ids(), self.server_id, row, started_at, &self.rules);
        let mut steps = vec![Step::save(&session, events)];
        self.sessions.insert(key, session);
        if let Some((at, offset)) = expected.and_then(|e| e.stopped) {
            steps.extend(self.close_stopped(key, offset, at));
        }
        steps
    }

    /// Browsing with DLNA clients looks like playing for a moment; they are believed at the second look (ACT-05).
    fn is_trusted(&mut self, row: &Observation, asked_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let is_dlna =
            [&row.player.product, &row.player.platform, &row.player.title].iter().any(|t| *t == "DLNA");
        if !is_dlna {
            return true;
        }
        let since = *self.suspects.entry(row.session_key).or_insert(now);
        asked_at - since >= Duration::seconds(1)
    }

    fn missing(
        &mut self,
        listed: &BTreeSet<i64>,
        asked_at: DateTime<Utc>,
        gap: bool,
        now: DateTime<Utc>,
    ) -> Vec<Step> {
        let absent: Vec<i64> = self
            .sessions
            .values()
            .filter(|s| !listed.contains(&s.session_key) && s.seen_at <= asked_at)
            .map(|s| s.session_key)
            .collect();
        let mut steps = Vec::new();
        for key in absent {
            let since = *self.misses.entry(key).or_insert(asked_at);
            if gap || asked_at - since >= ABSENCE {
                steps.extend(self.close_vanished(key, now));
            } else if let Some(session) = self.sessions.get(&key) {
                steps.push(Step::hide(session));
            }
        }
        steps
    }
}

/// Whether listeners could tell the difference. How far a conversion has got is told by the socket.
fn is_news(known: &Session, row: &Observation, now: DateTime<Utc>) -> bool {
    let moved = row.view_offset_ms - known.view_offset_at(now);
    moved.abs() > NOTICEABLE_MS || known.player != row.player || !known.stream.is_alike(&row.stream)
}

/// Whether a listed row is only the shadow of a session that has ended.
fn is_dead(grave: &Grave, row: &Observation, asked_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    if asked_at <= grave.closed_at {
        return true;
    }
    let same = grave.session_id == row.session_id && grave.rating_key == row.item.rating_key;
    same && now - grave.closed_at < super::GRAVE_TIME
        && row.view_offset_ms <= grave.view_offset_ms.saturating_add(2_000)
}
