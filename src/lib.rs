//! The service.

pub mod boot;
pub mod bridge;
pub mod config;
pub mod datadir;
pub mod demo;
pub mod graphql;
pub mod import;
pub mod logging;
pub mod web;
