//! Use cases: what can be done with servers, sessions, history, people and access. Knows the database and Plex, and
//! nothing of GraphQL or HTTP. What a viewer may see is decided here, once.

pub mod access;
pub mod activity;
mod caretaker;
pub mod catalogue;
mod choices;
pub mod discovery;
mod entropy;
pub mod events;
mod graphs;
mod history;
mod holdings;
pub mod housekeeping;
pub mod images;
pub mod importer;
mod items;
pub mod lookups;
mod people;
pub mod revisions;
pub mod scheduler;
pub mod servers;
pub mod settings;
mod sql;
mod statistics;
pub mod upkeep;
pub mod waiting;

pub use choices::Choices;
pub use entropy::Entropy;
pub use graphs::Graphs;
pub use history::History;
pub use holdings::Holdings;
pub use items::{Item, ItemKey, Items};
pub use people::{LibrariesWanted, People, UsersWanted};
pub use sql::RawSql;
pub use statistics::rebuild as rebuild_statistics;
pub use statistics::{About, AddressPlayed, EverPlayed, Owner, PlayerRow, Statistics, UserRow, WatchTime};

use std::sync::Arc;

/// Everything that can be done, in one handle.
#[derive(Debug, Clone)]
pub struct Services {
    pub access: Arc<access::Access>,
    pub activity: activity::Activity,
    pub catalogue: catalogue::Catalogue,
    pub choices: Choices,
    pub discovery: Arc<discovery::Discovery>,
    pub graphs: Graphs,
    pub history: History,
    pub holdings: Holdings,
    pub importer: Arc<importer::Importer>,
    pub images: Arc<images::Images>,
    pub items: Items,
    pub lookups: Arc<lookups::Lookups>,
    pub people: People,
    pub plex_door: Arc<access::PlexDoor>,
    pub revisions: Arc<revisions::Revisions>,
    pub scheduler: Arc<scheduler::Scheduler>,
    pub servers: Arc<servers::Servers>,
    pub settings: Arc<settings::Settings>,
    pub sql: RawSql,
    pub statistics: Statistics,
    pub upkeep: Arc<upkeep::Upkeep>,
    pub waiting: waiting::Waiting,
    pub clock: tautulli_domain::SharedClock,
    /// Set when a simulated Plex is shown: how anyone may come in.
    pub demo: Option<access::DemoAccount>,
}
