//! The only crate with diesel. Owns the schema, the pool, and one file of statements per thing; knows no use case.
//!
//! Functions take a connection, so that callers decide what belongs to one transaction. Rows never leave: domain types do.

pub mod access;
mod alone;
mod brief;
pub mod catalogue;
pub mod details;
pub mod error;
pub mod graphs;
pub mod history;
pub mod holdings;
pub mod imports;
pub mod items;
pub mod jobs;
pub mod journal;
mod json;
mod kept;
pub mod lease;
pub mod libraries;
pub mod migrate;
pub mod plays;
pub mod plex_pins;
mod pool;
pub mod raw;
pub mod remembered;
pub mod revisions;
pub mod rollups;
#[rustfmt::skip]
mod schema;
pub mod servers;
pub mod sessions;
pub mod settings;
pub mod sign_ins;
pub mod statistics;
pub mod strays;
mod tls;
pub mod users;
pub mod waiting;

pub use diesel_async::AsyncConnection;
pub use pool::{Conn, Database, PoolOptions, Pooled};
