//! Owns the live state of the simulation: the world as it is now, who plays what, preferences, the clock.
//!
//! Must not know of sockets; what changes is told to the hub by the director.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::clock::Clock;
use crate::dice::Dice;
use crate::http::{FaultBox, Site};
use crate::hub::Hub;
use crate::picture::Shelf;
use crate::playback::Session;
use crate::plextv::Pins;
use crate::world::World;

/// How many ended playbacks and terminations are remembered.
const REMEMBERED: usize = 100_000;

/// A new version of the server, as its updater tells.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    pub version: String,
    pub can_install: bool,
    pub state: String,
    pub fixed: String,
}

/// A playback that was ended through the API.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Termination {
    pub session_id: String,
    pub reason: String,
    pub session_key: String,
}

/// A playback that ended. `at` in unix seconds.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub rating_key: String,
    pub at: i64,
    pub user: u64,
}

#[derive(Debug)]
pub(crate) struct Core {
    pub world: World,
    pub clock: Clock,
    /// In order of start.
    pub sessions: Vec<Session>,
    pub next_session_key: u64,
    /// Simulated seconds between the `playing` messages of a session.
    pub interval: f64,
    /// Whether a playback ends at the end of its item.
    pub auto_end: bool,
    /// Timeline ids as numbers, as older servers wrote them.
    pub numeric_ids: bool,
    pub mapping_state: String,
    pub mapping_error: String,
    pub update: Option<Update>,
    pub plextv_version: Option<String>,
    pub terminated: Vec<Termination>,
    pub prefs: BTreeMap<String, String>,
    pub played: Vec<Played>,
    pub last_tick: f64,
    pub queue_id: u64,
    pub dice: Dice,
    pub pins: Pins,
    /// Client and sync id of deleted orders.
    pub deleted_syncs: Vec<(String, String)>,
}

impl Core {
    pub(crate) fn new(world: World, clock: Clock, interval: f64) -> Self {
        let (seed, now) = (world.seed, clock.now());
        Self {
            world,
            clock,
            sessions: Vec::new(),
            next_session_key: 1,
            interval,
            auto_end: true,
            numeric_ids: false,
            mapping_state: "mapped".to_owned(),
            mapping_error: String::new(),
            update: None,
            plextv_version: None,
            terminated: Vec::new(),
            prefs: BTreeMap::new(),
            played: Vec::new(),
            last_tick: now,
            queue_id: 100,
            dice: Dice::new(seed ^ 0x1d5),
            pins: Pins::default(),
            deleted_syncs: Vec::new(),
        }
    }

    pub(crate) fn now(&self) -> f64 {
        self.clock.now()
    }

    /// A fresh opaque id.
    pub(crate) fn uid(&mut self) -> String {
        self.dice.word(b"abcdefghijklmnopqrstuvwxyz0123456789", 24)
    }

    pub(crate) fn remember(&mut self, played: Played) {
        if self.played.len() < REMEMBERED {
            self.played.push(played);
        }
    }

    pub(crate) fn terminated(&mut self, termination: Termination) {
        if self.terminated.len() < REMEMBERED {
            self.terminated.push(termination);
        }
    }
}

/// Everything the servers and the director share.
#[derive(Debug)]
pub(crate) struct Shared {
    core: Mutex<Core>,
    pub hub: Arc<Hub>,
    pub pms: Site,
    pub plextv: Site,
    pub admin: Site,
    pub pms_faults: Arc<FaultBox>,
    pub plextv_faults: Arc<FaultBox>,
    pub pictures: Shelf,
}

pub(crate) type Sim = Arc<Shared>;

impl Shared {
    pub(crate) fn new(core: Core, ports: [u16; 3]) -> Self {
        let [pms, plextv, admin] = ports.map(Site::new);
        Self {
            core: Mutex::new(core),
            hub: Arc::default(),
            pms,
            plextv,
            admin,
            pms_faults: Arc::default(),
            plextv_faults: Arc::default(),
            pictures: Shelf::default(),
        }
    }

    /// The state; hold it briefly and never across a wait.
    pub(crate) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
