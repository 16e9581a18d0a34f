//! The database of a run: a private cluster or one elsewhere, brought up to date after a backup.

use super::Failure;
use crate::config::Config;
use crate::datadir::DataDir;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tautulli_db::{Database, PoolOptions, migrate};
use tautulli_postgres::{Cluster, Profile};

/// The database's name in the private cluster.
const NAME: &str = "tautulli";
/// How long a database elsewhere may take to answer at the start.
const PATIENCE: u32 = 30;

/// A database that answers.
pub struct Store {
    pub database: Database,
    url: SecretString,
    cluster: Option<Cluster>,
    binaries: Option<PathBuf>,
}

impl Store {
    /// How a dump of it is made: its address, and where PostgreSQL's programs are.
    pub fn dumping(&self) -> (SecretString, Option<PathBuf>) {
        (self.url.clone(), self.binaries.clone())
    }

    /// Starts or reaches the database.
    pub async fn open(config: &Config, data: &DataDir) -> Result<Self, Failure> {
        match &config.database_url {
            Some(url) => Self::reach(url.clone(), config.postgres_bin.clone()).await,
            None => Self::start(config, &data.postgres()).await,
        }
    }

    async fn start(config: &Config, dir: &Path) -> Result<Self, Failure> {
        let mut wanted = tautulli_postgres::Config::new(dir, Profile::Service);
        wanted.binaries.clone_from(&config.postgres_bin);
        let cluster = Cluster::start(wanted).await.map_err(database)?;
        cluster.ensure_database(NAME).await.map_err(database)?;
        let url = cluster.url(NAME);
        let pool = Database::connect(&url, PoolOptions::default()).await.map_err(database)?;
        let binaries = Some(cluster.binaries().to_owned());
        Ok(Self { database: pool, url: url.into(), cluster: Some(cluster), binaries })
    }

    async fn reach(url: SecretString, binaries: Option<PathBuf>) -> Result<Self, Failure> {
        let pool = Database::connect(url.expose_secret(), PoolOptions::default()).await.map_err(database)?;
        let mut tries = 0;
        while let Err(failure) = pool.ping().await {
            tries += 1;
            if tries >= PATIENCE {
                return Err(Failure::Database(format!(
                    "The database of DATABASE_URL does not answer; check the URL and that the server runs ({failure})"
                )));
            }
            tracing::warn!(%failure, "waiting for the database");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(Self { database: pool, url, cluster: None, binaries })
    }

    /// Brings the database up to date; first a backup, when there is something to lose.
    pub async fn upgrade(&self, backups: &Path, now: DateTime<Utc>) -> Result<(), Failure> {
        let state = migrate::state(&self.database).await.map_err(database)?;
        state.check().map_err(database)?;
        if state.pending == 0 {
            return Ok(());
        }
        if state.applied > 0 {
            let file = dated(backups, "before-upgrade", now);
            self.back_up(&file).await?;
            tracing::info!(file = %file.display(), "backed the database up before the upgrade");
        }
        let count = migrate::run(&self.database).await.map_err(database)?;
        tracing::info!(count, "brought the database up to date");
        Ok(())
    }

    /// Dumps the database into `file`.
    pub async fn back_up(&self, file: &Path) -> Result<(), Failure> {
        dump(self.url.expose_secret(), file, self.binaries.as_deref()).await
    }

    /// Stops the private cluster; a database elsewhere is left alone.
    pub async fn close(self) {
        if let Some(cluster) = self.cluster
            && let Err(failure) = cluster.stop().await
        {
            tracing::error!(%failure, "the database did not stop cleanly");
        }
    }
}

/// Dumps the database at `url` into `file`.
pub async fn dump(url: &str, file: &Path, binaries: Option<&Path>) -> Result<(), Failure> {
    tautulli_postgres::dump(url, file, binaries).await.map_err(database)
}

/// The URL of the private cluster's database, if a service runs it at the moment.
pub async fn running_url(dir: &Path) -> Result<Option<String>, Failure> {
    tautulli_postgres::url_of_running(dir, NAME).await.map_err(database)
}

/// A file named after its reason and time.
pub fn dated(dir: &Path, reason: &str, now: DateTime<Utc>) -> PathBuf {
    dir.join(format!("tautulli-{}-{reason}.dump", now.format("%Y%m%d-%H%M%S")))
}

fn database(failure: impl std::fmt::Display) -> Failure {
    Failure::Database(failure.to_string())
}
