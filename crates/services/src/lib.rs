//! Use cases: what can be done with servers, sessions, history, people and access. Knows the database and Plex, and
//! nothing of GraphQL or HTTP. What a viewer may see is decided here, once.

pub mod access;
pub mod activity;
mod caretaker;
mod entropy;
pub mod events;
mod history;
pub mod images;
mod items;
mod people;
pub mod servers;
pub mod settings;

pub use entropy::Entropy;
pub use history::History;
pub use items::{Item, ItemKey, Items};
pub use people::People;

use std::sync::Arc;

/// Everything that can be done, in one handle.
#[derive(Debug, Clone)]
pub struct Services {
    pub access: Arc<access::Access>,
    pub activity: activity::Activity,
    pub history: History,
    pub images: Arc<images::Images>,
    pub items: Items,
    pub people: People,
    pub servers: Arc<servers::Servers>,
    pub settings: Arc<settings::Settings>,
    pub clock: tautulli_domain::SharedClock,
    /// Set when a simulated Plex is shown: how anyone may come in.
    pub demo: Option<access::DemoAccount>,
}
