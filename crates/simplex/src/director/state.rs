//! Owns what can be seen of the simulation from outside.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Director;
use crate::core::Termination;
use crate::playback::{PlayKind, State};
use crate::world::World;

/// How many sessions a report lists unless asked for all.
const LISTED: usize = 50;
/// How many terminations a report lists.
const TERMINATED: usize = 20;

/// A playback in a report. `offset` in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    pub session_key: u64,
    pub session_id: String,
    pub state: State,
    pub rating_key: String,
    pub offset: i64,
    pub user_id: u64,
    pub kind: PlayKind,
    pub transcode: String,
}

/// The state of the simulation. `now` in unix seconds.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub now: f64,
    pub speed: f64,
    pub sessions: usize,
    pub listed: Vec<Listed>,
    pub websockets: usize,
    pub sent: u64,
    pub items: usize,
    pub next_session_key: u64,
    pub faults: Vec<String>,
    pub(crate) terminated: Vec<Termination>,
}

impl Director {
    /// How things stand; all sessions when `full`, else the first fifty.
    #[must_use]
    pub fn state(&self, full: bool) -> Report {
        let core = self.sim.core();
        let now = core.now();
        let listed =
            core.sessions.iter().take(if full { usize::MAX } else { LISTED }).map(|session| Listed {
                session_key: session.key,
                session_id: session.id.clone(),
                state: session.state,
                rating_key: session.rating_key(),
                offset: session.position(now),
                user_id: session.user.user_id,
                kind: session.kind,
                transcode: session.transcode_id.clone(),
            });
        let mut faults = self.sim.pms_faults.modes();
        faults.extend(self.sim.plextv_faults.modes());
        Report {
            now,
            speed: core.clock.speed(),
            sessions: core.sessions.len(),
            listed: listed.collect(),
            websockets: self.sim.hub.listeners(),
            sent: self.sim.hub.sent(),
            items: core.world.items.len(),
            next_session_key: core.next_session_key,
            faults,
            terminated: core.terminated.iter().rev().take(TERMINATED).rev().cloned().collect(),
        }
    }

    /// Session id of everything that is played, by session key.
    #[must_use]
    pub fn playing(&self) -> BTreeMap<u64, String> {
        self.sim.core().sessions.iter().map(|session| (session.key, session.id.clone())).collect()
    }

    /// Where a playback stands, in milliseconds.
    #[must_use]
    pub fn position(&self, session: u64) -> Option<i64> {
        let core = self.sim.core();
        let now = core.now();
        core.sessions.iter().find(|known| known.key == session).map(|known| known.position(now))
    }

    /// The last websocket messages, newest last, of one type if given.
    #[must_use]
    pub fn sent(&self, last: usize, kind: Option<&str>) -> Vec<Value> {
        self.sim.hub.last(last, kind)
    }

    /// Session id and reason of every playback ended through the API.
    #[must_use]
    pub fn terminated(&self) -> Vec<(String, String)> {
        let core = self.sim.core();
        core.terminated.iter().map(|end| (end.session_id.clone(), end.reason.clone())).collect()
    }

    /// From now on `hears` is called with every text just before it is written to a listener's connection.
    pub fn witness(&self, hears: impl Fn(&str) + Send + Sync + 'static) {
        self.sim.hub.witness(std::sync::Arc::new(hears));
    }

    /// Looks at the world as it is now.
    pub fn world<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.sim.core().world)
    }

    /// The simulated time, unix seconds.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.sim.core().now()
    }
}
