//! Does what is to be done again and again: waits until a job is due or somebody wants it, takes its turn among replicas, and notes
//! how it went (OPS-01). Knows no job and no setting.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tautulli_db::Database;
use tautulli_db::jobs;
use tautulli_domain::job::{JobKey, JobRecord};
use tautulli_domain::{Error, Result, SharedClock};
use tokio::sync::Notify;

/// The wait where the database cannot be asked.
const BLIND: Duration = Duration::from_secs(2);

/// The shortest wait.
const AWHILE: Duration = Duration::from_millis(100);

/// How often a job is done; `None` while it is switched off.
type Every = Box<dyn Fn() -> Option<chrono::Duration> + Send + Sync>;

/// What a job does.
pub type Work = Box<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Keeps jobs going.
#[derive(Debug)]
pub struct Scheduler {
    database: Database,
    clock: SharedClock,
    /// A job that waits looks at the clock and at the settings again after this.
    glance: Duration,
    kept: Mutex<BTreeMap<JobKey, Arc<Kept>>>,
}

/// A job that this process keeps going.
struct Kept {
    key: JobKey,
    every: Every,
    wanted: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What was last read or noted.
    record: Option<JobRecord>,
    runs: bool,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub key: JobKey,
    /// How often it is done; `None` while it is switched off, and where another replica keeps it going.
    pub every: Option<chrono::Duration>,
    /// Whether this process is doing it now.
    pub runs: bool,
    /// When it is done next.
    pub due_at: Option<DateTime<Utc>>,
    pub record: JobRecord,
}

impl Debug for Kept {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Kept {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn due_at(&self, record: &JobRecord) -> Option<DateTime<Utc>> {
        Some(record.due_at((self.every)()?, self.key.kind.longest_retry()))
    }
}

/// Takes a job off the list when nobody keeps it going any more.
struct Listed<'a> {
    scheduler: &'a Scheduler,
    kept: Arc<Kept>,
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        let mut all = self.scheduler.kept();
        if all.get(&self.kept.key).is_some_and(|listed| Arc::ptr_eq(listed, &self.kept)) {
            all.remove(&self.kept.key);
        }
    }
}

/// Says that a job runs, until it is let go of, however that comes.
struct Runs<'a>(&'a Kept);

impl Drop for Runs<'_> {
    fn drop(&mut self) {
        self.0.state().runs = false;
    }
}

impl Scheduler {
    pub fn new(database: Database, clock: SharedClock, glance: Duration) -> Self {
        Self { database, clock, glance, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<JobKey, Arc<Kept>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a job going for as long as this is awaited: does it whenever it is due by `every`, when somebody wants it, and
    /// `at_once` if so said.
    pub async fn keep(
        &self,
        key: JobKey,
        every: impl Fn() -> Option<chrono::Duration> + Send + Sync + 'static,
        at_once: bool,
        work: Work,
    ) -> Infallible {
        let kept = Kept { key, every: Box::new(every), wanted: Notify::new(), state: Mutex::default() };
        let listed = Listed { scheduler: self, kept: Arc::new(kept) };
        let kept = &*listed.kept;
        self.kept().insert(key, listed.kept.clone());
        let mut wanted = at_once;
        loop {
            let pause = match self.turn(kept, &mut wanted, &work).await {
                Ok(pause) => pause,
                Err(failure) => {
                    tracing::warn!(job = key.kind.name(), %failure, "the list of jobs cannot be read or written");
                    BLIND
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = kept.wanted.notified() => wanted = true,
            }
        }
    }

    /// Does a job if it is wanted or due; gives how long to wait until it is looked at again.
    async fn turn(&self, kept: &Kept, wanted: &mut bool, work: &Work) -> Result<Duration> {
        let now = self.clock.now();
        let known = kept.state().record.clone();
        let record = match known {
            Some(record) => record,
            None => jobs::know(&mut *self.database.conn().await?, kept.key, now).await?,
        };
        let due_at = kept.due_at(&record);
        kept.state().record = Some(record);
        if *wanted || due_at.is_some_and(|due| due <= now) {
            self.run(kept, *wanted, work).await?;
            *wanted = false;
        }
        let record = kept.state().record.clone();
        let due_at = record.and_then(|record| kept.due_at(&record));
        let left = due_at.map_or(self.glance, |due| (due - self.clock.now()).to_std().unwrap_or_default());
        // Never at once: what does not get its turn would spin.
        Ok(left.max(AWHILE).min(self.glance))
    }

    async fn run(&self, kept: &Kept, wanted: bool, work: &Work) -> Result<()> {
        let started = self.clock.now();
        let Some(mut turn) = jobs::take_turn(&self.database, kept.key, started).await? else {
            // Another replica is at it: it counts as begun now, and is looked at when it would be due after that.
            if let Some(record) = &mut kept.state().record {
                record.started_at = Some(started);
            }
            return Ok(());
        };
        kept.state().record = Some(turn.record.clone());
        // Another replica may have done it meanwhile.
        if !wanted && kept.due_at(&turn.record).is_none_or(|due| due > started) {
            return Ok(());
        }
        turn.begin(started).await?;
        let runs = Runs(kept);
        {
            let mut state = kept.state();
            state.runs = true;
            state.record = Some(JobRecord { started_at: Some(started), ..turn.record.clone() });
        }
        let done = work().await;
        let (server, job) = (kept.key.server_id.map(|server| server.0), kept.key.kind.name());
        match &done {
            Ok(()) => tracing::debug!(job, server, "a job is done"),
            Err(failure) => tracing::warn!(job, server, %failure, "a job failed; it is tried again"),
        }
        let failure = done.err().map(|failure| failure.outer().to_owned());
        let ended = self.clock.now();
        let record = JobRecord {
            started_at: Some(started),
            ended_at: Some(ended),
            failures: if failure.is_some() { turn.record.failures.saturating_add(1) } else { 0 },
            failure: failure.clone(),
            ..turn.record.clone()
        };
        // Known here even where it cannot be written.
        kept.state().record = Some(record);
        drop(runs);
        turn.end(ended, failure.as_deref()).await?;
        Ok(())
    }

    /// All jobs that are known, by kind and server.
    pub async fn jobs(&self) -> Result<Vec<Job>> {
        let written = jobs::all(&mut *self.database.conn().await?).await?;
        let kept = self.kept();
        let told = written.into_iter().map(|(key, written)| match kept.get(&key) {
            None => Job { key, every: None, runs: false, due_at: None, record: written },
            Some(kept) => {
                let (record, runs) = {
                    let state = kept.state();
                    (state.record.clone().unwrap_or(written), state.runs)
                };
                Job { key, every: (kept.every)(), runs, due_at: kept.due_at(&record), record }
            }
        });
        Ok(told.collect())
    }

    /// Has a job done now instead of when it is due; comes back at once. What runs already is done once more.
    pub fn want(&self, key: JobKey) -> Result<()> {
        let kept = self.kept().get(&key).cloned();
        let kept = kept.ok_or_else(|| {
            Error::not_found("That job").because("no such job is kept going by this process")
        })?;
        kept.wanted.notify_one();
        Ok(())
    }
}
