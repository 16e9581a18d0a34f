//! The only crate with diesel. Owns the schema, the pool, and one file of statements per thing; knows no use case.
//!
//! Functions take a connection, so that callers decide what belongs to one transaction. Rows never leave: domain types do.

pub mod access;
pub mod error;
pub mod history;
pub mod items;
pub mod journal;
pub mod lease;
pub mod libraries;
pub mod migrate;
pub mod plays;
mod pool;
#[rustfmt::skip]
mod schema;
pub mod servers;
pub mod sessions;
pub mod settings;
mod tls;
pub mod users;

pub use diesel_async::AsyncConnection;
pub use pool::{Conn, Database, PoolOptions, Pooled};
