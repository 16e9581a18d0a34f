//! The road to the database: steps in order, one transaction for what has gathered, tried again until it is in. Only what
//! is written is told.
//!
//! While the database is away the queue holds one step for each session and every finished play: bounded by what plays.

use super::step::{Need, Step};
use crate::events::{Change, Events};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tautulli_db::journal::{self, Batch, End, Written};
use tautulli_db::{Database, error, lease};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{Error, LibraryId, Result, ServerId, SessionId, SharedClock, UserId};
use tokio::sync::mpsc;

/// Steps in one transaction.
const MOST: usize = 200;
/// Tries of a step that the database refuses for its own sake, before it is set aside.
const PATIENCE: u32 = 5;

/// What the watcher hears back.
#[derive(Debug)]
pub enum Reply {
    Written(Written),
    /// Another replica has taken over: the right to write is gone.
    Fenced,
}

/// The right to write: 0 while there is none.
#[derive(Debug, Default)]
pub struct Epoch(AtomicI64);

impl Epoch {
    pub fn set(&self, epoch: i64) {
        self.0.store(epoch, Ordering::Release);
    }

    fn get(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Acquire)).filter(|epoch| *epoch > 0)
    }
}

/// Writes one server's steps.
pub struct Writer {
    pub server_id: ServerId,
    pub database: Database,
    pub clock: SharedClock,
    pub events: Arc<Events>,
    pub epoch: Arc<Epoch>,
    pub replies: mpsc::UnboundedSender<Reply>,
}

/// What comes in.
#[derive(Debug)]
pub enum Order {
    Step(Box<Step>),
    Rules(Box<SessionRules>),
    /// Forget running sessions that are not written: another replica speaks for them. Finished plays stay.
    Abandon,
}

impl Writer {
    /// Runs until the sender is gone and everything is written, or writing has failed once after that.
    pub async fn run(self, mut orders: mpsc::UnboundedReceiver<Order>) {
        let mut queue = Queue::default();
        loop {
            if queue.steps.is_empty() {
                match orders.recv().await {
                    Some(order) => queue.take(order),
                    None => return,
                }
            }
            while let Ok(order) = orders.try_recv() {
                queue.take(order);
            }
            if let Err(failure) = self.flush(&mut queue).await {
                if orders.is_closed() && orders.is_empty() {
                    tracing::warn!(server = %self.server_id, %failure, "stopping with sessions not written");
                    return;
                }
                self.wait(&mut queue, &mut orders).await;
            }
        }
    }

    /// Collects what comes in while the database recovers.
    async fn wait(&self, queue: &mut Queue, orders: &mut mpsc::UnboundedReceiver<Order>) {
        let pause = tokio::time::sleep(queue.pause());
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = &mut pause => return,
                order = orders.recv() => match order {
                    Some(order) => queue.take(order),
                    None => return,
                },
            }
        }
    }

    async fn flush(&self, queue: &mut Queue) -> Result<()> {
        while !queue.steps.is_empty() {
            let count = queue.steps.len().min(if queue.careful { 1 } else { MOST });
            let batch: Vec<Step> = queue.steps.iter().take(count).cloned().collect();
            match self.write(&batch, &queue.rules).await {
                Ok(written) => {
                    queue.succeed(count);
                    self.publish(&mut queue.known, batch, written);
                }
                Err(failure) => return self.fail(queue, failure),
            }
        }
        Ok(())
    }

    async fn write(&self, batch: &[Step], rules: &SessionRules) -> Result<Vec<Option<Written>>> {
        let changes: Vec<journal::Change> =
            batch.iter().filter(|s| s.need == Need::Write).map(|s| s.change.clone()).collect();
        if changes.is_empty() {
            return Ok(vec![None; batch.len()]);
        }
        let epoch = self.epoch.get();
        if epoch.is_none() && changes.iter().any(|c| !c.ended) {
            return Err(Error::unavailable("Waiting for the right to watch this server"));
        }
        let mut conn = self.database.conn().await?;
        let now = self.clock.now();
        let batch_of = Batch { server_id: self.server_id, epoch, rules, now, changes: &changes };
        let mut written = journal::write(&mut conn, &batch_of).await?.into_iter();
        Ok(batch.iter().map(|s| if s.need == Need::Write { written.next() } else { None }).collect())
    }

    fn fail(&self, queue: &mut Queue, failure: Error) -> Result<()> {
        if lease::is_lost(&failure) {
            let _ = self.replies.send(Reply::Fenced);
        } else if !error::is_passing(&failure) && queue.give_up() {
            tracing::error!(server = %self.server_id, %failure, "a session cannot be written and is set aside");
            return Ok(());
        }
        queue.failures = queue.failures.saturating_add(1);
        let waiting = queue.steps.len();
        tracing::warn!(server = %self.server_id, %failure, waiting, "writing sessions failed; trying again");
        Err(failure)
    }

    fn publish(&self, known: &mut BTreeMap<SessionId, Ids>, batch: Vec<Step>, written: Vec<Option<Written>>) {
        for (step, written) in batch.into_iter().zip(written) {
            let mut session = step.change.session;
            if let Some(w) = &written {
                known.insert(session.id, Ids { user: w.user_id, library: w.library_id, initial: w.initial });
                let _ = self.replies.send(Reply::Written(w.clone()));
            }
            // A step may have set out before the ids of the step before came back.
            if let Some(ids) = known.get(&session.id) {
                session.user_id = Some(ids.user);
                session.library_id = ids.library;
                session.initial = Some(ids.initial);
            }
            if step.change.ended {
                known.remove(&session.id);
            }
            self.tell(
                step.need,
                step.change.events,
                Arc::new(session),
                written.and_then(|w| w.end),
                step.change.ended,
            );
        }
    }

    fn tell(
        &self,
        need: Need,
        events: Vec<tautulli_domain::session::SessionEvent>,
        session: Arc<tautulli_domain::session::Session>,
        end: Option<End>,
        ended: bool,
    ) {
        let (server_id, session_id, user_id) = (session.server_id, session.id, session.user_id);
        if ended || need == Need::Hide {
            let play_id = match end {
                Some(End::Recorded { play_id, .. }) => Some(play_id),
                _ => None,
            };
            self.events.tell(Change::Ended { session: session.clone(), play_id });
        } else {
            self.events.tell(Change::Session(session.clone()));
        }
        for event in events {
            self.events.tell(Change::Event { server_id, session_id, user_id, event });
        }
        if let (Some(End::Recorded { play_id, group_id, new: true }), Some(user_id)) = (end, user_id) {
            self.events.tell(Change::Recorded { server_id, play_id, group_id, user_id });
        }
    }
}

/// What writing a session has found out.
struct Ids {
    user: UserId,
    library: Option<LibraryId>,
    initial: bool,
}

#[derive(Default)]
struct Queue {
    /// The ids of running sessions, by session.
    known: BTreeMap<SessionId, Ids>,
    steps: VecDeque<Step>,
    rules: SessionRules,
    /// Failures in a row.
    failures: u32,
    /// One step at a time, to find the one that is refused.
    careful: bool,
}

impl Queue {
    fn take(&mut self, order: Order) {
        match order {
            Order::Step(step) => self.push(*step),
            Order::Rules(rules) => self.rules = *rules,
            Order::Abandon => self.steps.retain(|s| s.change.ended),
        }
    }

    /// Joins a step to a waiting one of the same session.
    fn push(&mut self, step: Step) {
        let id = step.change.session.id;
        let waiting = self.steps.iter().position(|s| s.change.session.id == id && !s.change.ended);
        let joined = match waiting.and_then(|at| self.steps.remove(at)) {
            Some(earlier) => earlier.absorb(step),
            None => step,
        };
        self.steps.push_back(joined);
    }

    fn succeed(&mut self, count: usize) {
        self.steps.drain(..count.min(self.steps.len()));
        self.failures = 0;
        self.careful = self.careful && !self.steps.is_empty();
    }

    /// A refusal that trying again will not mend: first find the step that it is about, in the end drop that step.
    fn give_up(&mut self) -> bool {
        if !self.careful {
            self.careful = true;
            self.failures = 0;
        } else if self.failures >= PATIENCE {
            self.steps.pop_front();
            self.failures = 0;
            return true;
        }
        false
    }

    fn pause(&self) -> Duration {
        Duration::from_millis(200 * u64::from(self.failures.min(10) + 1))
    }
}
