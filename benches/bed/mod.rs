//! What benchmarks stand on: the real binary with its private PostgreSQL, and what it uses.

pub mod cost;
pub mod service;
