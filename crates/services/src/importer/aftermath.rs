//! What remains to be done once all plays of an import are there, on connections of its own beside the rest of the import: the
//! indexes that it has left to the end, and the statistics.
//!
//! Neither fails an import. What does not come to its end here is done by the next start of the service.

use super::writer::Target;
use tautulli_db::{Database, imports, rollups};
use tautulli_domain::{Error, Result};
use tokio::task::JoinHandle;

type Task = Option<JoinHandle<Result<()>>>;

#[derive(Debug)]
pub(super) struct Aftermath {
    database: Database,
    zone: String,
    indexes: Task,
    statistics: Task,
}

impl Aftermath {
    pub(super) fn of(database: &Database, zone: &str) -> Self {
        Self { database: database.clone(), zone: zone.to_owned(), indexes: None, statistics: None }
    }

    /// Begins, once, with what can be done as soon as the plays are there. Where some of them are still to be removed, the
    /// statistics wait for that.
    pub(super) fn begin(&mut self, target: &Target) {
        self.make_indexes();
        if target.replaced.is_none() {
            self.count();
        }
    }

    pub(super) fn make_indexes(&mut self) {
        let database = &self.database;
        self.indexes.get_or_insert_with(|| {
            let database = database.clone();
            tokio::spawn(async move { imports::indexes::make(&database).await })
        });
    }

    /// Begins to count the statistics, once.
    pub(super) fn count(&mut self) {
        let (database, zone) = (&self.database, &self.zone);
        self.statistics.get_or_insert_with(|| {
            let (database, zone) = (database.clone(), zone.clone());
            tokio::spawn(async move { rollups::recount(&mut database.dedicated().await?, &zone).await })
        });
    }

    /// Waits until what has been begun is done.
    pub(super) async fn done(&mut self) {
        if let Err(failure) = ended(self.indexes.take()).await {
            tracing::warn!(%failure, "indexes of the history are still to be made");
        }
        if let Err(failure) = ended(self.statistics.take()).await {
            tracing::warn!(%failure, "the statistics were not counted again");
        }
    }
}

async fn ended(task: Task) -> Result<()> {
    match task {
        Some(task) => task.await.unwrap_or_else(|failure| Err(Error::internal(failure))),
        None => Ok(()),
    }
}
