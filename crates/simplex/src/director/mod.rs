//! Owns the script of the simulation: everything that happens goes through a `Director`.
//!
//! Must not know of HTTP requests; `admin` turns those into calls.

pub(crate) mod admin;
mod args;
mod beat;
mod commands;
mod inputs;
mod library;
mod playback;
mod reach;
mod server;
mod start;
mod state;

pub use args::{
    Change, Fault, FaultMode, ItemAdd, Location, NextItem, Restart, Settings, Start, Started, Stopped,
    Target, UpdateNotice,
};
pub(crate) use beat::beat;
pub use state::{Listed, Report};

use serde_json::Value;

use crate::core::{Core, Sim};
use crate::playback::{Session, State};

/// Why a command was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectorError {
    #[error("no session {0}")]
    NoSession(u64),
    #[error("no {0} {1}")]
    Unknown(&'static str, String),
    #[error("{0}")]
    Invalid(String),
    #[error("unknown command {0}")]
    NoCommand(String),
    #[error("the server cannot listen: {0}")]
    Listen(String),
}

/// What commands answer.
pub type Outcome<T> = Result<T, DirectorError>;

/// Makes things happen; cheap to clone, usable from any task.
#[derive(Debug, Clone)]
pub struct Director {
    pub(crate) sim: Sim,
}

impl Director {
    pub(crate) fn new(sim: Sim) -> Self {
        Self { sim }
    }

    /// Sends a `playing` message for a session.
    fn say_playing(&self, session: &Session, now: f64, state: Option<State>) {
        let entry = session.notification(now, state);
        self.sim.hub.send("playing", "PlaySessionStateNotification", vec![entry]);
    }

    /// Sends a `transcodeSession.<event>` message, if the session converts.
    fn say_transcode(&self, session: &Session, now: f64, event: &str) {
        if !session.transcode_id.is_empty() {
            let entry = Value::Object(session.transcode_entry(now));
            self.sim.hub.send(&format!("transcodeSession.{event}"), "TranscodeSession", vec![entry]);
        }
    }
}

fn session_mut(core: &mut Core, key: u64) -> Outcome<&mut Session> {
    core.sessions.iter_mut().find(|session| session.key == key).ok_or(DirectorError::NoSession(key))
}
