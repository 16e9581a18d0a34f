//! The one integration binary: the real service with fakes only at its edges.

mod access;
mod activity;
mod crash;
mod database;
mod history;
mod layers;
mod schema;
mod servers;
mod start;
mod support;
