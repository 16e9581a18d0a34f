//! What somebody may know of running streams: whole what they may see, and of the streams of others, where they ask for them, what
//! names nobody (SEC-05). It does not know where streams come from, nor who is told.

use crate::media::ItemSnapshot;
use crate::session::{ObservedUser, Session};
use crate::viewer::Viewer;
use crate::{LibraryId, Player};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// A running stream as somebody may know of it.
#[derive(Debug, Clone)]
pub struct Seen {
    session: Arc<Session>,
    is_masked: bool,
}

impl Seen {
    /// One of which everything may be known.
    pub fn whole(session: Arc<Session>) -> Self {
        Self { session, is_masked: false }
    }

    /// Whether it is somebody else's, told without who watches, where, and on what.
    pub fn is_masked(&self) -> bool {
        self.is_masked
    }
}

impl Deref for Seen {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

/// What a viewer may know of running streams.
#[derive(Debug, Clone)]
pub struct Glimpse {
    viewer: Viewer,
    /// The libraries of whose items a guest is told when others watch them; `None`: nothing of others is told.
    titles: Option<BTreeSet<LibraryId>>,
}

impl Glimpse {
    /// What the viewer may see, and nothing else.
    pub fn own(viewer: Viewer) -> Self {
        Self { viewer, titles: None }
    }

    /// The streams of others on the guest's server as well, with what is watched where it is of one of these libraries.
    pub fn with_others(viewer: Viewer, titles: impl IntoIterator<Item = LibraryId>) -> Self {
        Self { viewer, titles: Some(titles.into_iter().collect()) }
    }

    /// Who sees it.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Whether anything of the stream may be known.
    pub fn reaches(&self, session: &Session) -> bool {
        let is_near = self.viewer.user.is_some_and(|(server, _)| server == session.server_id);
        self.is_whole(session) || (self.titles.is_some() && is_near)
    }

    /// The stream as it may be known.
    pub fn of(&self, session: &Arc<Session>) -> Option<Seen> {
        if self.is_whole(session) {
            return Some(Seen::whole(session.clone()));
        }
        let titles = self.titles.as_ref().filter(|_| self.reaches(session))?;
        let is_titled = session.library_id.is_some_and(|library| titles.contains(&library));
        Some(Seen { session: Arc::new(masked(session, is_titled)), is_masked: true })
    }

    fn is_whole(&self, session: &Session) -> bool {
        self.viewer.may_watch(session.user_id, session.library_id)
    }
}

/// What names nobody. Every field is decided here, so that a new one is not told by oversight.
fn masked(session: &Session, is_titled: bool) -> Session {
    let Session { item, player, .. } = session;
    let item = match is_titled {
        // What the media server told of the item is told as its user sees it.
        true => ItemSnapshot { last_viewed_at: None, user_rating: String::new(), ..item.clone() },
        false => ItemSnapshot {
            kind: item.kind,
            duration_ms: item.duration_ms,
            live: item.live,
            ..ItemSnapshot::default()
        },
    };
    Session {
        id: session.id,
        server_id: session.server_id,
        session_key: 0,
        session_id: String::new(),
        user_id: None,
        library_id: session.library_id.filter(|_| is_titled),
        item_id: session.item_id.filter(|_| is_titled),
        user: ObservedUser::default(),
        item,
        player: Player {
            location: player.location,
            secure: player.secure,
            bandwidth: player.bandwidth,
            ..Player::default()
        },
        stream: session.stream.clone(),
        state: session.state,
        started_at: session.started_at,
        seen_at: session.seen_at,
        checkpoint_at: session.checkpoint_at,
        checkpoint_offset_ms: session.checkpoint_offset_ms,
        checkpoint_paused_ms: session.checkpoint_paused_ms,
        view_offset_ms: session.view_offset_ms,
        paused_ms: session.paused_ms,
        paused_since: session.paused_since,
        buffer_count: session.buffer_count,
        buffer_warned_at: session.buffer_warned_at,
        marker: session.marker.filter(|_| is_titled),
        watched: session.watched,
        initial: session.initial,
        seq: session.seq,
    }
}
