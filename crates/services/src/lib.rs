//! Use cases: what can be done with servers, sessions, history, people and access. Knows the database and Plex, and
//! nothing of GraphQL or HTTP. What a viewer may see is decided here, once.

pub mod access;
pub mod activity;
mod caretaker;
mod entropy;
pub mod events;
mod history;
mod items;
mod people;
pub mod servers;
pub mod settings;

pub use entropy::Entropy;
pub use history::History;
pub use items::Items;
pub use people::People;
