//! Who watches what now: a task tree that follows every media server, and what callers may ask of it.

mod link;
mod looker;
mod queue;
mod steady;
mod step;
mod supervisor;
mod tracker;
mod watcher;
mod writer;

pub use supervisor::Supervisor;

use crate::Entropy;
use crate::events::{Change, Events, Snapshot};
use crate::scheduler::Scheduler;
use crate::servers::Servers;
use crate::settings::Settings;
use std::sync::Arc;
use std::time::Duration;
use tautulli_db::Database;
use tautulli_domain::glimpse::Glimpse;
use tautulli_domain::session::SessionEvent;
use tautulli_domain::{Error, Result, SessionId, SharedClock};
use tokio::sync::broadcast;
use uuid::Uuid;

/// How often things are done. Tests use shorter ones.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    pub tick: Duration,
    /// Looks while something plays, or while there is no socket.
    pub busy: Duration,
    /// Looks while nothing plays.
    pub idle: Duration,
    /// How often the lease marks that we have watched.
    pub mark: Duration,
    /// How often a replica without the lease asks for it.
    pub contend: Duration,
    /// How long writing may take at the end.
    pub drain: Duration,
    /// The first wait after a failed look.
    pub first_retry: Duration,
    /// How long a job that waits goes without looking at the clock and at the settings.
    pub glance: Duration,
    /// How often it is asked whether those who listen still may.
    pub vigil: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            tick: Duration::from_secs(1),
            busy: Duration::from_secs(5),
            idle: Duration::from_secs(60),
            mark: Duration::from_secs(2),
            contend: Duration::from_secs(2),
            drain: Duration::from_secs(5),
            first_retry: Duration::from_millis(500),
            glance: Duration::from_secs(60),
            vigil: Duration::from_secs(60),
        }
    }
}

impl Timing {
    /// The wait after so many failures in a row, never longer than a look takes to come round.
    pub fn retry(&self, failures: u32) -> Duration {
        self.first_retry.saturating_mul(1 << failures.min(6)).min(self.busy)
    }
}

/// What every watcher needs.
#[derive(Debug)]
pub struct Parts {
    pub database: Database,
    pub clock: SharedClock,
    pub entropy: Arc<Entropy>,
    pub settings: Arc<Settings>,
    pub events: Arc<Events>,
    pub servers: Arc<Servers>,
    pub scheduler: Arc<Scheduler>,
    pub timing: Timing,
    /// This process, for the lease.
    pub replica: Uuid,
}

impl Parts {
    /// How often something is done that a setting gives the hours of, as it stands whenever it is asked.
    pub(crate) fn every(
        &self,
        hours: &'static str,
    ) -> impl Fn() -> Option<chrono::Duration> + Send + Sync + use<> {
        let settings = self.settings.clone();
        move || settings.hours(hours)
    }
}

/// What callers may ask.
#[derive(Debug, Clone)]
pub struct Activity {
    parts: Arc<Parts>,
}

/// The longest message shown to a person whose stream is stopped.
const MAX_MESSAGE: usize = 500;

impl Activity {
    pub fn new(parts: Arc<Parts>) -> Self {
        Self { parts }
    }

    /// What is now. A [`Glimpse`] says what of a session may be shown.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.parts.events.snapshot()
    }

    /// Changes from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Change>> {
        self.parts.events.subscribe()
    }

    /// Whether a change may be known of, as far as the glimpse reaches.
    pub fn may_hear(glimpse: &Glimpse, change: &Change) -> bool {
        let viewer = glimpse.viewer();
        match change {
            Change::Session(session) | Change::Ended { session, .. } => glimpse.reaches(session),
            Change::Event { user_id, library_id, .. } => viewer.may_watch(*user_id, *library_id),
            Change::Recorded { user_id, library_id, .. } => viewer.may_see(*user_id, *library_id),
            Change::Link { .. } | Change::Reset { .. } => true,
        }
    }

    /// The timelines of sessions or plays.
    pub async fn timelines(&self, ids: &[SessionId]) -> Result<Vec<(SessionId, SessionEvent)>> {
        let mut conn = self.parts.database.conn().await?;
        Ok(tautulli_db::sessions::events(&mut conn, ids).await?)
    }

    /// Forgets sessions that nobody will close: those of servers that are watched no more. How many there were.
    pub async fn forget_unwatched(&self) -> Result<usize> {
        let mut conn = self.parts.database.conn().await?;
        Ok(tautulli_db::sessions::forget_unwatched(&mut conn).await?)
    }

    /// Ends a session; its player shows `message` (ACT-21).
    pub async fn terminate(&self, id: SessionId, message: &str) -> Result<()> {
        if message.chars().count() > MAX_MESSAGE {
            return Err(Error::invalid(format!("The message may have at most {MAX_MESSAGE} characters")));
        }
        let snapshot = self.snapshot();
        let session = snapshot.session(id).ok_or_else(|| Error::not_found("That session"))?;
        if session.session_id.is_empty() {
            return Err(Error::invalid(
                "This server is too old to stop sessions from afar; update Plex Media Server",
            ));
        }
        let plex = self.parts.servers.client(session.server_id).await?;
        plex.terminate(&session.session_id, message).await?;
        tracing::info!(session = %id, "a session was stopped on request");
        Ok(())
    }
}
