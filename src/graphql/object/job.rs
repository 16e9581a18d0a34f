//! What the service does again and again.

use super::Server;
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::scalar::{Duration, Long};
use async_graphql::{Context, Enum, Object, Result};
use chrono::{DateTime, Utc};
use tautulli_domain::job;
use tautulli_services::scheduler;

/// What is done again and again.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "job::JobKind")]
pub(crate) enum JobKind {
    /// Reads a media server's libraries.
    RefreshLibraries,
    /// Reads who may use a media server.
    RefreshUsers,
    /// Counts what a media server's libraries hold.
    MeasureLibraries,
    /// Dumps the database into the folder for backups and removes scheduled dumps that are older than the setting
    /// `backup_days` says.
    BackUpDatabase,
    /// Writes the settings, without secrets, into the folder for backups and removes what is too old.
    BackUpSettings,
    /// Forgets edits of the history that can no longer be undone.
    ForgetEdits,
}

/// A job: something that is done again and again.
pub(crate) struct Job(pub(crate) scheduler::Job);

/// A job: something that is done again and again.
#[Object(serial)]
impl Job {
    /// What is done.
    async fn kind(&self) -> JobKind {
        self.0.key.kind.into()
    }

    /// The server that it is done for; absent for what belongs to none.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        match self.0.key.server_id {
            Some(id) => Ok(ctx.loaders()?.server(id).await.gql()?.map(Server)),
            None => Ok(None),
        }
    }

    /// How often it is done; absent while it is switched off, and where another process of the service does it.
    async fn every(&self) -> Option<Duration> {
        self.0.every.map(|every| Duration(every.num_milliseconds()))
    }

    /// Whether it is being done now.
    async fn is_running(&self) -> bool {
        self.0.runs
    }

    /// When it is done next.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at
    }

    /// When it was begun last.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.0.record.started_at
    }

    /// When it last came to an end, well or not. Earlier than its beginning where it is running or was cut short.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.record.ended_at
    }

    /// Why it last failed; absent if it did not.
    async fn failure(&self) -> Option<&str> {
        self.0.record.failure.as_deref()
    }

    /// How many times in a row it has failed.
    async fn failure_count(&self) -> Long {
        Long(self.0.record.failures.into())
    }
}
