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
mod crash;
mod database;
mod history;
mod layers;
mod legacy;
mod schema;
mod servers;
mod start;
mod support;
mod transport;
