//! The road to the database: steps in order, one transaction for what has gathered, tried again until it is in. What must
//! be written is told when it is; progress of sessions that are written already does not wait for it.

use super::queue::{Ids, Queue};
use super::step::{Step, Told};
use crate::events::{Change, Events};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tautulli_db::journal::{self, Batch, End, Written};
use tautulli_db::{Database, error, lease};
use tautulli_domain::session::{Session, SessionEvent, SessionRules};
use tautulli_domain::{Error, Result, ServerId, SessionId, SharedClock};
use tokio::sync::mpsc;

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
                    Some(order) => self.take(&mut queue, order),
                    None => return,
                }
            }
            while let Ok(order) = orders.try_recv() {
                self.take(&mut queue, order);
            }
            if let Err(failure) = self.flush(&mut queue, &mut orders).await {
                if orders.is_closed() && orders.is_empty() {
                    tracing::warn!(server = %self.server_id, %failure, "stopping with sessions not written");
                    return;
                }
                self.wait(&mut queue, &mut orders).await;
            }
        }
    }

    /// Queues what must be written. What need not be, and has nothing of its session before it, is told at once.
    fn take(&self, queue: &mut Queue, order: Order) {
        if let Some(step) = queue.take(order) {
            self.publish(&mut queue.known, step, None);
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
                    Some(order) => self.take(queue, order),
                    None => return,
                },
            }
        }
    }

    /// Takes what comes in until `work` is done.
    async fn meanwhile<T>(
        &self,
        work: impl Future<Output = T>,
        queue: &mut Queue,
        orders: &mut mpsc::UnboundedReceiver<Order>,
    ) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                Some(order) = orders.recv() => self.take(queue, order),
            }
        }
    }

    async fn flush(&self, queue: &mut Queue, orders: &mut mpsc::UnboundedReceiver<Order>) -> Result<()> {
        while !queue.steps.is_empty() {
            let (batch, rules) = (queue.begin(), queue.rules.clone());
            match self.meanwhile(self.write(&batch, &rules), queue, orders).await {
                Ok(written) => {
                    let released = queue.succeed();
                    for (step, written) in batch.into_iter().zip(written) {
                        self.publish(&mut queue.known, step, Some(written));
                    }
                    for step in released {
                        self.publish(&mut queue.known, step, None);
                    }
                }
                Err(failure) => return self.fail(queue, failure),
            }
        }
        Ok(())
    }

    async fn write(&self, batch: &[Step], rules: &SessionRules) -> Result<Vec<Written>> {
        let epoch = self.epoch.get();
        if epoch.is_none() && batch.iter().any(|step| !step.change.ended) {
            return Err(Error::unavailable("Waiting for the right to watch this server"));
        }
        let changes: Vec<journal::Change> = batch.iter().map(|step| step.change.clone()).collect();
        let mut conn = self.database.conn().await?;
        let now = self.clock.now();
        let batch_of = Batch { server_id: self.server_id, epoch, rules, now, changes: &changes };
        journal::write(&mut conn, &batch_of).await
    }

    fn fail(&self, queue: &mut Queue, failure: Error) -> Result<()> {
        queue.restore();
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

    fn publish(&self, known: &mut BTreeMap<SessionId, Ids>, step: Step, written: Option<Written>) {
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
        let end = written.and_then(|w| w.end);
        self.tell(step.told, step.change.events, Arc::new(session), end);
    }

    fn tell(&self, told: Told, events: Vec<SessionEvent>, session: Arc<Session>, end: Option<End>) {
        let (server_id, session_id, user_id) = (session.server_id, session.id, session.user_id);
        let library_id = session.library_id;
        match told {
            Told::Nothing => {}
            Told::Session => self.events.tell(Change::Session(session)),
            Told::Absence => {
                let play_id = match end {
                    Some(End::Recorded { play_id, .. }) => Some(play_id),
                    _ => None,
                };
                self.events.tell(Change::Ended { session, play_id });
            }
        }
        for event in events {
            self.events.tell(Change::Event { server_id, session_id, user_id, library_id, event });
        }
        if let (Some(End::Recorded { play_id, group_id, new: true }), Some(user_id)) = (end, user_id) {
            self.events.tell(Change::Recorded { server_id, play_id, group_id, user_id, library_id });
        }
    }
}
