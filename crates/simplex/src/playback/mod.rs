//! Owns playbacks: what is played, by whom, how it is delivered, and how it looks on the wire.
//!
//! Must not know who told a playback to change, nor of HTTP.

mod converted;
mod decision;
mod live;
mod session;
mod transcode;

pub use decision::{Decision, Preset, Treatment};
pub use session::{Kind as PlayKind, State};
pub(crate) use session::{Origin, Session};
