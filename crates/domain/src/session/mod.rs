//! A playback session as a pure state machine: observations in, effects out. No clock, no database, no network.

mod apply;
mod bounds;
mod buffer;
mod close;
mod event;
mod markers;
mod observation;
mod rules;
mod state;

pub use close::{ClosedPlay, DropReason, Outcome};
pub use event::{EventDetail, EventKind, SessionEvent};
pub use observation::{Notice, Observation, ObservedUser};
pub use rules::SessionRules;
pub use state::{PlayState, SESSION_VERSION, Session};

#[cfg(test)]
mod tests;
