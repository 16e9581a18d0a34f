//! Watching one server: socket, looks and time go in, steps go to the writer. One task, no locks.

use super::link::{Heard, Link, Listener};
use super::looker;
use super::steady::{Oddity, Reading, Steady};
use super::tracker::{Look, Tracker};
use super::writer::{Epoch, Order, Reply, Writer};
use super::{Parts, Timing};
use crate::events::{Change, Events};
use futures_util::FutureExt;
use futures_util::future::RemoteHandle;
use std::sync::Arc;
use tautulli_db::lease::Lease;
use tautulli_domain::server::{LinkState, Server};
use tautulli_domain::session::Notice;
use tautulli_domain::{Result, ServerId, SessionId};
use tautulli_plex::{MediaServer, PlexError, Problem, SocketEvent};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

type Looked = Result<(Look, u64), PlexError>;

/// The watcher of one server while it holds the lease.
pub struct Watcher {
    parts: Arc<Parts>,
    server_id: ServerId,
    plex: Arc<MediaServer>,
    tracker: Tracker,
    link: Link,
    lease: Lease,
    epoch: Arc<Epoch>,
    orders: mpsc::UnboundedSender<Order>,
    replies: mpsc::UnboundedReceiver<Reply>,
    writer: AbortOnDropHandle<()>,
    /// On a task of its own: reading a long list must not hold up what is heard meanwhile.
    looking: Option<RemoteHandle<Looked>>,
    look_wanted: bool,
    next_look: Instant,
    failures: u32,
    marked_at: Instant,
    steady: Steady,
}

/// What has happened.
enum Turn {
    Heard(Heard),
    Looked(Looked),
    Reply(Reply),
    Tick,
}

/// Why a watcher ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Cancelled,
    /// Another replica watches now.
    LostLease,
}

impl Watcher {
    /// Reads what was open and starts the writer.
    pub async fn start(
        parts: Arc<Parts>,
        server: &Server,
        plex: Arc<MediaServer>,
        lease: Lease,
    ) -> Result<Self> {
        let rules = parts.settings.session_rules();
        let mut conn = parts.database.conn().await?;
        let open = tautulli_db::sessions::open(&mut conn, server.id).await?;
        drop(conn);
        let mut tracker = Tracker::new(server.id, rules.clone());
        tracker.restore(open, lease.watched_until);
        parts.events.replace(server.id, tracker.sessions().cloned());
        let epoch = Arc::new(Epoch::default());
        epoch.set(lease.epoch);
        let (orders, inbox) = mpsc::unbounded_channel();
        let (answers, replies) = mpsc::unbounded_channel();
        let writer = Writer {
            server_id: server.id,
            database: parts.database.clone(),
            clock: parts.clock.clone(),
            events: parts.events.clone(),
            epoch: epoch.clone(),
            replies: answers,
        };
        let _ = orders.send(Order::Rules(Box::new(rules)));
        let now = Instant::now();
        Ok(Self {
            server_id: server.id,
            plex,
            tracker,
            link: Link::default(),
            lease,
            epoch,
            orders,
            replies,
            writer: AbortOnDropHandle::new(tokio::spawn(writer.run(inbox))),
            looking: None,
            look_wanted: true,
            next_look: now,
            failures: 0,
            marked_at: now,
            steady: Steady::new(Reading::new(parts.clock.now())),
            parts,
        })
    }

    /// Watches until `cancel`, or until another replica has taken over. Sessions stay open in the database.
    pub async fn run(mut self, cancel: CancellationToken) -> Ending {
        let (listener, mut heard) = Listener::start(self.plex.clone(), self.parts.entropy.number());
        let mut ticks = interval(self.timing().tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let ending = loop {
            let turn = tokio::select! {
                () = cancel.cancelled() => break Ending::Cancelled,
                Some(event) = heard.recv() => Turn::Heard(event),
                looked = finished(&mut self.looking) => Turn::Looked(looked),
                Some(reply) = self.replies.recv() => Turn::Reply(reply),
                _ = ticks.tick() => Turn::Tick,
            };
            self.mind_the_clock();
            if self.take(turn).await && !self.renew().await {
                break Ending::LostLease;
            }
            self.look_if_due();
        };
        drop(listener);
        self.finish(ending).await;
        ending
    }

    /// A clock that was set must not look like an hour of watching, or of silence; a night of sleep must not look like
    /// an evening of watching.
    fn mind_the_clock(&mut self) {
        let now = self.parts.clock.now();
        let Some(oddity) = self.steady.read(Reading::new(now)) else { return };
        let steps = match oddity {
            Oddity::Set(by) => {
                tracing::warn!(server = %self.server_id, seconds = by.num_seconds(), "the clock was set");
                self.tracker.shift(by)
            }
            Oddity::Slept(time) => {
                tracing::info!(server = %self.server_id, seconds = time.num_seconds(), "the machine slept");
                self.tracker.lose_sight(now)
            }
        };
        self.send(steps);
        // A look under way was asked for before.
        self.looking = None;
        self.look_wanted = true;
    }

    /// True when the lease may be lost.
    async fn take(&mut self, turn: Turn) -> bool {
        match turn {
            Turn::Heard(event) => self.hear(event),
            Turn::Looked(looked) => self.take_look(looked),
            Turn::Reply(Reply::Written(written)) => self.tracker.written(&written),
            Turn::Reply(Reply::Fenced) => return true,
            Turn::Tick => return self.tick().await,
        }
        false
    }

    fn timing(&self) -> Timing {
        self.parts.timing
    }

    fn hear(&mut self, event: Heard) {
        let now = self.parts.clock.now();
        match event {
            Heard::Opened => {
                self.look_wanted = true;
                self.set_link(LinkState::Live, None);
            }
            Heard::Ended { why, state } => {
                tracing::info!(server = %self.server_id, %why, "the notification socket ended");
                let steps = self.tracker.lose_sight(now);
                self.send(steps);
                self.look_wanted = true;
                self.link.socket_ended(state);
                self.tell_link();
            }
            Heard::Event { event, skipped } => {
                self.link.skipped = skipped;
                self.take_event(*event);
            }
        }
    }

    fn take_event(&mut self, event: SocketEvent) {
        match event {
            SocketEvent::Playing(notices) => notices.iter().for_each(|notice| self.take_notice(notice)),
            SocketEvent::Transcode(updates) => {
                for update in updates {
                    let reaction = self.tracker.transcode(&update);
                    self.send(reaction.steps);
                    self.look_wanted |= reaction.look;
                }
            }
            SocketEvent::Unknown(kind) => {
                tracing::debug!(server = %self.server_id, %kind, "an unknown notification")
            }
            _ => {}
        }
    }

    fn take_notice(&mut self, notice: &Notice) {
        let now = self.parts.clock.now();
        let reaction = self.tracker.notice(notice, now);
        self.send(reaction.steps);
        if reaction.look {
            self.look_wanted = true;
            self.next_look = self.next_look.min(Instant::now());
        }
    }

    fn take_look(&mut self, looked: Looked) {
        self.looking = None;
        let now = self.parts.clock.now();
        match looked {
            Ok((look, skipped)) => {
                self.failures = 0;
                self.link.rows_skipped(skipped);
                let parts = self.parts.clone();
                let mut ids = || SessionId(parts.entropy.uuid(now));
                let steps = self.tracker.looked(look, now, &mut ids);
                self.send(steps);
                self.next_look = Instant::now() + self.pace();
                self.link.answered();
            }
            Err(failure) => {
                self.failures = self.failures.saturating_add(1);
                let steps = self.tracker.lose_sight(now);
                self.send(steps);
                self.look_wanted = true;
                self.next_look = Instant::now() + self.timing().retry(self.failures);
                self.link.failed(&failure);
            }
        }
        self.tell_link();
    }

    /// How long until the next look of our own accord.
    fn pace(&self) -> std::time::Duration {
        if self.tracker.is_waiting() {
            self.timing().retry(0)
        } else if self.tracker.is_busy() || !self.link.is_live() {
            self.timing().busy
        } else {
            self.timing().idle
        }
    }

    fn look_if_due(&mut self) {
        let now = Instant::now();
        let due = now >= self.next_look;
        if self.looking.is_some() || !(due || self.look_wanted && self.failures == 0) {
            return;
        }
        self.look_wanted = false;
        self.next_look = now + self.timing().busy;
        let known = looker::known(self.tracker.sessions());
        let look = looker::look(self.plex.clone(), self.parts.clock.clone(), known);
        let (looking, looked) = look.remote_handle();
        tokio::spawn(looking);
        self.looking = Some(looked);
    }

    /// True when the lease may be lost.
    async fn tick(&mut self) -> bool {
        let now = self.parts.clock.now();
        let rules = self.parts.settings.session_rules();
        if rules != self.tracker.rules {
            self.tracker.rules = rules.clone();
            let _ = self.orders.send(Order::Rules(Box::new(rules)));
        }
        let steps = self.tracker.tick(now);
        self.send(steps);
        let due = self.marked_at.elapsed() >= self.timing().mark;
        let watching = self.tracker.is_busy() && self.link.is_answering();
        if !due || !watching {
            return false;
        }
        self.marked_at = Instant::now();
        match tokio::time::timeout(self.timing().mark, self.lease.mark_alive(now)).await {
            Ok(Ok(())) => false,
            Ok(Err(failure)) => {
                tracing::warn!(server = %self.server_id, %failure, "the right to watch must be renewed");
                true
            }
            Err(_) => true,
        }
    }

    /// Takes the lease again; what is in memory stays true unless another replica has watched meanwhile.
    async fn renew(&mut self) -> bool {
        let now = self.parts.clock.now();
        let taken =
            tautulli_db::lease::acquire(&self.parts.database, self.server_id, self.parts.replica, now).await;
        match taken {
            Ok(Some(lease)) if lease.continued => {
                self.epoch.set(lease.epoch);
                self.lease = lease;
                true
            }
            Ok(_) => {
                let _ = self.orders.send(Order::Abandon);
                self.epoch.set(0);
                false
            }
            // The database is away: nobody else can have the lease either. The next tick tries again.
            Err(_) => true,
        }
    }

    fn send(&self, steps: Vec<super::step::Step>) {
        for step in steps {
            let _ = self.orders.send(Order::Step(Box::new(step)));
        }
    }

    fn set_link(&mut self, state: LinkState, problem: Option<String>) {
        self.link.set(state, problem);
        self.tell_link();
    }

    fn tell_link(&mut self) {
        if let Some(link) = self.link.changed(self.parts.clock.now()) {
            let events: &Events = &self.parts.events;
            events.tell(Change::Link { server_id: self.server_id, link });
        }
    }

    async fn finish(mut self, ending: Ending) {
        let now = self.parts.clock.now();
        if ending == Ending::Cancelled && self.tracker.is_busy() && self.link.is_answering() {
            let _ = tokio::time::timeout(self.timing().mark, self.lease.mark_alive(now)).await;
        }
        drop(self.orders);
        if tokio::time::timeout(self.parts.timing.drain, self.writer).await.is_err() {
            tracing::warn!(server = %self.server_id, "stopping before everything was written");
        }
    }
}

async fn finished(looking: &mut Option<RemoteHandle<Looked>>) -> Looked {
    match looking {
        Some(look) => look.await,
        None => std::future::pending().await,
    }
}

/// Whether an error means that the token must be replaced.
pub(super) fn is_refusal(failure: &PlexError) -> bool {
    failure.problem() == Problem::TokenRefused
}
