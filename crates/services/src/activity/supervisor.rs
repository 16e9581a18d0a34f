//! The task tree: one watcher for each server that we may watch, started, stopped and replaced as servers come and go.

use super::Parts;
use super::watcher::{Ending, Watcher};
use std::collections::BTreeMap;
use std::sync::Arc;
use tautulli_domain::server::{LinkState, LinkStatus, Server};
use tautulli_domain::{Result, ServerId};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Follows the list of servers.
#[derive(Debug)]
pub struct Supervisor {
    parts: Arc<Parts>,
    cancel: CancellationToken,
    tasks: TaskTracker,
}

struct Running {
    /// What it was started for; another address or token needs another watcher.
    server: Server,
    cancel: CancellationToken,
}

impl Supervisor {
    /// Starts to follow. `cancel` drains: watchers write what they have, and sessions stay open in the database.
    pub fn start(parts: Arc<Parts>, cancel: CancellationToken) -> Self {
        let tasks = TaskTracker::new();
        let this = Self { parts: parts.clone(), cancel: cancel.clone(), tasks: tasks.clone() };
        tasks.spawn(follow(parts, cancel, tasks.clone()));
        this
    }

    /// Waits until everything is written after the cancellation.
    pub async fn drained(&self) {
        self.cancel.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Whether each server has been tried at least once.
    pub fn is_ready(&self) -> bool {
        let snapshot = self.parts.events.snapshot();
        snapshot.servers.values().all(|server| server.link.state != LinkState::Starting)
    }
}

async fn follow(parts: Arc<Parts>, cancel: CancellationToken, tasks: TaskTracker) {
    let mut running: BTreeMap<ServerId, Running> = BTreeMap::new();
    let mut changed = parts.servers.changes();
    let mut pause = parts.timing.first_retry;
    loop {
        match parts.servers.all().await {
            Ok(servers) => {
                arrange(&parts, &cancel, &tasks, &mut running, servers);
                pause = std::time::Duration::from_secs(30);
            }
            Err(failure) => {
                tracing::warn!(%failure, "the list of servers could not be read");
                pause = pause.min(parts.timing.busy);
            }
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            _ = changed.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn arrange(
    parts: &Arc<Parts>,
    cancel: &CancellationToken,
    tasks: &TaskTracker,
    running: &mut BTreeMap<ServerId, Running>,
    servers: Vec<Server>,
) {
    running.retain(|id, watcher| {
        let wanted = servers.iter().find(|s| s.id == *id);
        let keeps = wanted.is_some_and(|s| is_same_link(s, &watcher.server));
        if !keeps {
            watcher.cancel.cancel();
        }
        if wanted.is_none() {
            parts.events.forget(*id);
        }
        keeps
    });
    for server in servers {
        running.entry(server.id).or_insert_with(|| {
            let own = cancel.child_token();
            tasks.spawn(watch(parts.clone(), server.clone(), own.clone()));
            Running { server, cancel: own }
        });
    }
}

fn is_same_link(a: &Server, b: &Server) -> bool {
    a.link_revision == b.link_revision
}

/// Watches one server for as long as it is wanted: takes the lease, watches, and starts over when it loses it.
async fn watch(parts: Arc<Parts>, server: Server, cancel: CancellationToken) {
    let link = LinkStatus { since: Some(parts.clock.now()), ..LinkStatus::default() };
    parts.events.tell(crate::events::Change::Link { server_id: server.id, link });
    loop {
        let attempt = async { start(&parts, &server).await };
        let started = tokio::select! {
            () = cancel.cancelled() => return,
            started = attempt => started,
        };
        match started {
            Ok(Some(watcher)) => {
                let caretaker = crate::caretaker::run(parts.clone(), server.id);
                let watching = watcher.run(cancel.clone());
                let ending = tokio::select! {
                    ending = watching => ending,
                    never = caretaker => match never {},
                };
                if ending == Ending::Cancelled {
                    return;
                }
            }
            Ok(None) => show_what_is_written(&parts, server.id).await,
            Err(failure) => tracing::warn!(server = %server.id, %failure, "the server cannot be watched yet"),
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(parts.timing.contend) => {}
        }
    }
}

async fn start(parts: &Arc<Parts>, server: &Server) -> Result<Option<Watcher>> {
    let now = parts.clock.now();
    let Some(lease) = tautulli_db::lease::acquire(&parts.database, server.id, parts.replica, now).await?
    else {
        return Ok(None);
    };
    let plex = parts.servers.client(server.id).await?;
    Watcher::start(parts.clone(), server, plex, lease).await.map(Some)
}

/// A replica that does not watch shows what the one that does has written.
async fn show_what_is_written(parts: &Parts, server: ServerId) {
    let read = async {
        let mut conn = parts.database.conn().await?;
        Ok::<_, tautulli_domain::Error>(tautulli_db::sessions::open(&mut conn, server).await?)
    };
    match read.await {
        Ok(sessions) => {
            // Another replica watches; we are as current as the database.
            let link = LinkStatus {
                state: LinkState::Polling,
                since: Some(parts.clock.now()),
                ..LinkStatus::default()
            };
            parts.events.tell(crate::events::Change::Link { server_id: server, link });
            parts.events.replace(server, sessions);
        }
        Err(failure) => tracing::warn!(%server, %failure, "sessions of another replica could not be read"),
    }
}
