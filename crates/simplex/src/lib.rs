//! A simulated Plex Media Server and plex.tv, for tests and the demo.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use tautulli_simplex::{Options, Scale, Simplex, Start, World};
//!
//! let sim = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await?;
//! let began = sim.director().start(&Start::item(1).user(1_000_102))?;
//! sim.director().pause(began.session_key)?;
//! # Ok(())
//! # }
//! ```

mod clock;
mod core;
mod crowd;
mod dice;
mod director;
mod http;
mod hub;
mod node;
mod picture;
mod playback;
mod plextv;
mod pms;
mod record;
mod render;
mod simplex;
#[cfg(test)]
mod tests;
mod world;

pub use clock::Clock;
pub use crowd::{Crowd, Deed, Disturbance, End, Habits, Ledger, Spell, Taste, Watched};
pub use director::{
    Change, Director, DirectorError, Fault, FaultMode, ItemAdd, Listed, Location, NextItem, Outcome, Report,
    Restart, Settings, Start, Started, Stopped, Target, UpdateNotice,
};
pub use hub::Trouble;
pub use playback::{Decision, PlayKind, Preset, State, Treatment};
pub use simplex::{Options, Simplex};
pub use world::{
    About, Attributes, Channel, Chapter, Device, Item, ItemKind, Marker, Media, Part, Place, Playlist,
    Programme, Scale, Section, Server, Stream, SyncItem, Tag, Tags, User, World, WorldError,
};
