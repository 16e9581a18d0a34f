//! A private PostgreSQL cluster: found, created, started, watched, stopped. Knows nothing of what is stored in it.
//!
//! ```no_run
//! # async fn example() -> Result<(), tautulli_postgres::PostgresError> {
//! use tautulli_postgres::{Cluster, Config, Profile};
//! let cluster = Cluster::start(Config::new("/var/lib/tautulli/postgres", Profile::Service)).await?;
//! cluster.ensure_database("tautulli").await?;
//! let url = cluster.url("tautulli"); // for any client that speaks libpq URLs
//! cluster.stop().await
//! # }
//! ```

mod account;
mod binaries;
mod cluster;
mod config;
mod database;
mod dump;
mod error;
mod initdb;
mod layout;
mod lock;
mod logfile;
mod pidfile;
mod postmaster;
mod socket;
mod supervisor;

pub use binaries::MINIMUM_MAJOR;
pub use cluster::{Cluster, url_of_running};
pub use config::{Config, Profile};
pub use dump::dump;
pub use error::PostgresError;
pub use supervisor::State;
