//! The state of the connection to a server, and the task that keeps its notification socket open.

use super::watcher::is_refusal;
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::server::{LinkState, LinkStatus};
use tautulli_plex::socket::{self, Pulse};
use tautulli_plex::{Backoff, MediaServer, PlexError, SocketEvent};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

/// What the socket's task tells.
#[derive(Debug)]
pub enum Heard {
    Opened,
    Event { event: Box<SocketEvent>, skipped: u64 },
    Ended { why: String, state: LinkState },
}

/// Keeps the socket open; ends when dropped.
pub struct Listener {
    _task: AbortOnDropHandle<()>,
}

/// Events that may wait for the watcher before the socket is read further.
const BACKLOG: usize = 4096;

impl Listener {
    pub fn start(plex: Arc<MediaServer>, seed: u64) -> (Self, mpsc::Receiver<Heard>) {
        let (heard, events) = mpsc::channel(BACKLOG);
        let task = AbortOnDropHandle::new(tokio::spawn(listen(plex, seed, heard)));
        (Self { _task: task }, events)
    }
}

async fn listen(plex: Arc<MediaServer>, seed: u64, heard: mpsc::Sender<Heard>) {
    let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));
    let mut rng = StdRng::seed_from_u64(seed);
    loop {
        let (why, state) = match socket::connect(&plex, Pulse::default()).await {
            Ok(socket) => {
                backoff.reset();
                if heard.send(Heard::Opened).await.is_err() {
                    return;
                }
                (read(socket, &heard).await, LinkState::Polling)
            }
            Err(failure) if is_refusal(&failure) => (failure.to_string(), LinkState::TokenRefused),
            Err(failure) => (failure.to_string(), LinkState::Polling),
        };
        if heard.send(Heard::Ended { why, state }).await.is_err() {
            return;
        }
        tokio::time::sleep(backoff.next_wait(&mut rng)).await;
    }
}

async fn read(mut socket: tautulli_plex::Socket, heard: &mpsc::Sender<Heard>) -> String {
    loop {
        match socket.next().await {
            Ok(event) => {
                let skipped = socket.skipped();
                if heard.send(Heard::Event { event: Box::new(event), skipped }).await.is_err() {
                    return "nobody listens".to_owned();
                }
            }
            Err(end) => return end.to_string(),
        }
    }
}

/// What is known of the connection.
#[derive(Debug, Default)]
pub struct Link {
    socket_open: bool,
    answering: bool,
    state: LinkState,
    problem: Option<String>,
    pub skipped: u64,
    rows_skipped: u64,
    told: Option<LinkStatus>,
}

impl Link {
    pub fn set(&mut self, state: LinkState, problem: Option<String>) {
        self.socket_open = state == LinkState::Live;
        self.answering |= self.socket_open;
        self.state = state;
        self.problem = problem;
    }

    pub fn is_live(&self) -> bool {
        self.socket_open
    }

    /// Whether the server answers at all, by socket or by list.
    pub fn is_answering(&self) -> bool {
        self.answering
    }

    pub fn rows_skipped(&mut self, rows: u64) {
        self.rows_skipped += rows;
    }

    /// The session list came.
    pub fn answered(&mut self) {
        self.answering = true;
        self.problem = None;
        self.state = if self.socket_open { LinkState::Live } else { LinkState::Polling };
    }

    /// The session list did not come.
    pub fn failed(&mut self, failure: &PlexError) {
        self.answering = false;
        self.state = if is_refusal(failure) { LinkState::TokenRefused } else { LinkState::Unreachable };
        self.problem = Some(failure.advice());
    }

    pub fn socket_ended(&mut self, state: LinkState) {
        self.socket_open = false;
        if self.state == LinkState::Live {
            self.state = state;
        }
    }

    /// The status, if it differs from what was told last.
    pub fn changed(&mut self, now: DateTime<Utc>) -> Option<LinkStatus> {
        let before = self.told.as_ref();
        let same = before.is_some_and(|told| told.state == self.state && told.problem == self.problem);
        if same {
            return None;
        }
        let since = before.filter(|told| told.state == self.state).and_then(|told| told.since).or(Some(now));
        let skipped = self.skipped + self.rows_skipped;
        let status = LinkStatus { state: self.state, since, problem: self.problem.clone(), skipped };
        self.told = Some(status.clone());
        Some(status)
    }
}
