//! What tests share: a database per test, cloned from a migrated template, and a clock that tests move.

mod clock;
mod cluster;
mod database;

pub use clock::TestClock;
pub use database::TestDatabase;
