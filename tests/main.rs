//! The one integration binary: the real service with fakes only at its edges.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod access;
mod activity;
mod bulk;
mod catalogue;
mod choices;
mod database;
mod demo;
mod glimpse;
mod graphs;
mod history;
mod history_oracle;
mod hostile;
mod images;
mod imports;
mod jobs;
mod keys;
mod layers;
mod legacy;
mod pages;
mod plex_door;
mod raw_sql;
mod replay;
mod revisions;
mod rollups;
mod schema;
mod servers;
mod soak;
mod start;
mod statistics;
mod support;
mod transport;
