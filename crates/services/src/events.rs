//! Telling whoever listens: a snapshot of what is now and a stream of what changed. Telling never waits for a listener.

use std::collections::BTreeMap;
use std::sync::Arc;
use tautulli_domain::server::LinkStatus;
use tautulli_domain::session::{Session, SessionEvent};
use tautulli_domain::{GroupId, LibraryId, PlayId, ServerId, SessionId, UserId};
use tokio::sync::{broadcast, watch};

/// One server's share of what is now.
#[derive(Debug, Clone, Default)]
pub struct ServerActivity {
    pub sessions: BTreeMap<SessionId, Arc<Session>>,
    pub link: LinkStatus,
}

/// What is now, over all servers.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub servers: BTreeMap<ServerId, Arc<ServerActivity>>,
}

impl Snapshot {
    /// Sessions of all servers, oldest first.
    pub fn sessions(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.servers.values().flat_map(|server| server.sessions.values())
    }

    pub fn session(&self, id: SessionId) -> Option<&Arc<Session>> {
        self.servers.values().find_map(|server| server.sessions.get(&id))
    }
}

/// One change, told after it was written.
#[derive(Debug, Clone)]
pub enum Change {
    /// A session is new or has changed.
    Session(Arc<Session>),
    /// A session is over.
    Ended { session: Arc<Session>, play_id: Option<PlayId> },
    /// An entry was added to the timeline of a session.
    Event {
        server_id: ServerId,
        session_id: SessionId,
        user_id: Option<UserId>,
        library_id: Option<LibraryId>,
        event: SessionEvent,
    },
    /// A play was written to the history.
    Recorded {
        server_id: ServerId,
        play_id: PlayId,
        group_id: GroupId,
        user_id: UserId,
        library_id: Option<LibraryId>,
    },
    /// The connection to a server changed.
    Link { server_id: ServerId, link: LinkStatus },
    /// Sessions of a server were read anew, or may be seen otherwise; take a fresh snapshot.
    Reset { server_id: ServerId },
}

/// The place where changes are told and heard.
#[derive(Debug)]
pub struct Events {
    snapshot: watch::Sender<Arc<Snapshot>>,
    changes: broadcast::Sender<Arc<Change>>,
}

/// Changes kept for a slow listener before it is told that it has missed some.
const BACKLOG: usize = 1024;

impl Default for Events {
    fn default() -> Self {
        Self { snapshot: watch::Sender::default(), changes: broadcast::Sender::new(BACKLOG) }
    }
}

impl Events {
    /// What is now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.borrow().clone()
    }

    /// Listens to changes from now on. Subscribe first and take the snapshot then: nothing falls in between.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Change>> {
        self.changes.subscribe()
    }

    /// Takes a change into the snapshot and tells it.
    pub fn tell(&self, change: Change) {
        self.apply(&change);
        // Nobody listening is no failure.
        let _ = self.changes.send(Arc::new(change));
    }

    /// Puts a server's share in place of what was known, and tells listeners to look again.
    pub fn replace(&self, server_id: ServerId, sessions: impl IntoIterator<Item = Session>) {
        let sessions = sessions.into_iter().map(|s| (s.id, Arc::new(s))).collect();
        self.edit(server_id, |activity| activity.sessions = sessions);
        self.look_again(server_id);
    }

    /// Forgets a server that is watched no more.
    pub fn forget(&self, server_id: ServerId) {
        self.snapshot.send_modify(|snapshot| {
            let mut next = Snapshot::clone(snapshot);
            next.servers.remove(&server_id);
            *snapshot = Arc::new(next);
        });
        self.look_again(server_id);
    }

    /// Tells listeners to look again: a server's share, or what they may see of it, is not what it was.
    pub fn look_again(&self, server_id: ServerId) {
        let _ = self.changes.send(Arc::new(Change::Reset { server_id }));
    }

    fn apply(&self, change: &Change) {
        match change {
            Change::Session(session) => self.edit(session.server_id, |activity| {
                activity.sessions.insert(session.id, session.clone());
            }),
            Change::Ended { session, .. } => self.edit(session.server_id, |activity| {
                activity.sessions.remove(&session.id);
            }),
            Change::Link { server_id, link } => {
                self.edit(*server_id, |activity| activity.link = link.clone())
            }
            Change::Event { .. } | Change::Recorded { .. } | Change::Reset { .. } => {}
        }
    }

    fn edit(&self, server_id: ServerId, edit: impl FnOnce(&mut ServerActivity)) {
        self.snapshot.send_modify(|snapshot| {
            let mut next = Snapshot::clone(snapshot);
            let mut activity =
                next.servers.get(&server_id).map(|a| ServerActivity::clone(a)).unwrap_or_default();
            edit(&mut activity);
            next.servers.insert(server_id, Arc::new(activity));
            *snapshot = Arc::new(next);
        });
    }
}
