//! Owns what players do once they play: pause, seek, change, go on, stop.

use super::args::{Change, NextItem, Stopped};
use super::{Director, DirectorError, Outcome, session_mut};
use crate::clock::real;
use crate::core::{Core, Played, Termination};
use crate::playback::{Decision, Origin, State};

/// The most buffering messages in a row.
const MOST: u32 = 10_000;

impl Director {
    /// # Errors
    /// When there is no such session.
    pub fn pause(&self, session: u64) -> Outcome<()> {
        self.set_state(session, State::Paused, 1)
    }

    /// # Errors
    /// When there is no such session.
    pub fn resume(&self, session: u64) -> Outcome<()> {
        self.set_state(session, State::Playing, 1)
    }

    /// Reports buffering, `times` in a row; the session stays buffering.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn buffer(&self, session: u64, times: u32) -> Outcome<()> {
        self.set_state(session, State::Buffering, times.clamp(1, MOST))
    }

    /// # Errors
    /// When there is no such session.
    pub fn error(&self, session: u64) -> Outcome<()> {
        self.set_state(session, State::Error, 1)
    }

    fn set_state(&self, key: u64, state: State, times: u32) -> Outcome<()> {
        let mut core = self.sim.core();
        let now = core.now();
        let session = session_mut(&mut core, key)?;
        session.move_to(session.position(now), now);
        session.state = state;
        for _ in 0..times {
            self.say_playing(session, now, None);
        }
        Ok(())
    }

    /// Goes to an offset in milliseconds.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn seek(&self, session: u64, offset: i64, notify: bool) -> Outcome<()> {
        let mut core = self.sim.core();
        let now = core.now();
        let session = session_mut(&mut core, session)?;
        session.move_to(offset, now);
        if notify {
            self.say_playing(session, now, None);
        }
        Ok(())
    }

    /// A `playing` message now, for one session or all; answers how many.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn progress(&self, session: Option<u64>) -> Outcome<usize> {
        let core = self.sim.core();
        let chosen: Vec<_> =
            core.sessions.iter().filter(|known| session.is_none_or(|key| known.key == key)).collect();
        if let (Some(key), true) = (session, chosen.is_empty()) {
            return Err(DirectorError::NoSession(key));
        }
        for session in &chosen {
            self.say_playing(session, core.now(), None);
        }
        Ok(chosen.len())
    }

    /// Changes the delivery; answers the new transcode session, empty for direct play.
    ///
    /// # Errors
    /// When there is no such session, or a decision field is not known.
    pub fn change(&self, how: Change) -> Outcome<String> {
        let mut core = self.sim.core();
        let now = core.now();
        let decision = Decision::of(how.decision, how.fields).map_err(DirectorError::Invalid)?;
        let id = if decision.is_direct() { String::new() } else { core.uid() };
        let session = session_mut(&mut core, how.session)?;
        self.say_transcode(session, now, "end");
        session.decision = decision;
        session.transcode_id.clone_from(&id);
        if how.notify {
            self.say_transcode(session, now, "start");
            self.say_playing(session, now, None);
        }
        Ok(id)
    }

    /// Another item in the same session.
    ///
    /// # Errors
    /// When there is no such session or item.
    pub fn next_item(&self, how: &NextItem) -> Outcome<()> {
        let mut core = self.sim.core();
        let now = core.now();
        let item = core.world.items.get(&how.rating_key).cloned();
        let item = item.ok_or_else(|| DirectorError::Unknown("item", how.rating_key.to_string()))?;
        let session = session_mut(&mut core, how.session)?;
        if how.say_stop {
            self.say_playing(session, now, Some(State::Stopped));
        }
        session.origin = Origin::Item(Box::new(item));
        session.move_to(0, now);
        session.queue_item += 1;
        if how.notify {
            self.say_playing(session, now, None);
        }
        Ok(())
    }

    /// Ends a playback, at `offset` milliseconds or where it is. Without `notify` the client just vanishes.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn stop(&self, session: u64, offset: Option<i64>, notify: bool) -> Outcome<Stopped> {
        self.end(&mut self.sim.core(), session, offset, notify)
    }

    pub(super) fn end(
        &self,
        core: &mut Core,
        key: u64,
        offset: Option<i64>,
        notify: bool,
    ) -> Outcome<Stopped> {
        let now = core.now();
        let at = core
            .sessions
            .iter()
            .position(|session| session.key == key)
            .ok_or(DirectorError::NoSession(key))?;
        let mut session = core.sessions.remove(at);
        session.move_to(offset.unwrap_or_else(|| session.position(now)), now);
        session.state = State::Stopped;
        if notify {
            self.say_playing(&session, now, None);
            self.say_transcode(&session, now, "end");
        }
        if let Some(item) = session.item().and_then(|item| core.world.items.get_mut(&item.rating_key)) {
            item.about.last_viewed_at = Some(crate::clock::whole(now));
            let length = session.duration();
            if length != 0 && real(session.offset) >= 0.9 * real(length) {
                item.about.view_count += 1;
                item.about.view_offset = None;
            }
            let at = crate::clock::whole(now);
            core.remember(Played { rating_key: session.rating_key(), at, user: session.user.local_id });
        }
        Ok(Stopped { offset: session.offset, rating_key: session.rating_key() })
    }

    /// Ends all playbacks; answers how many.
    ///
    /// # Errors
    /// None; the sessions are those there are.
    pub fn stop_all(&self, notify: bool) -> Outcome<usize> {
        let mut core = self.sim.core();
        let keys: Vec<u64> = core.sessions.iter().map(|session| session.key).collect();
        for key in &keys {
            self.end(&mut core, *key, None, notify)?;
        }
        Ok(keys.len())
    }

    /// What /status/sessions/terminate does; answers whether there was such a session.
    ///
    /// # Errors
    /// None that can be met from outside.
    pub fn terminate(&self, session_id: &str, reason: &str) -> Outcome<bool> {
        let mut core = self.sim.core();
        let Some(key) =
            core.sessions.iter().find(|session| session.id == session_id).map(|session| session.key)
        else {
            return Ok(false);
        };
        core.terminated(Termination {
            session_id: session_id.to_owned(),
            reason: reason.to_owned(),
            session_key: key.to_string(),
        });
        self.end(&mut core, key, None, true)?;
        Ok(true)
    }
}
