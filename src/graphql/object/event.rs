//! Entries of a play's timeline.

use super::enums::{Decision, MarkerKind, SessionEventKind};
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Duration, int};
use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::SessionId;
use tautulli_domain::session;

/// One entry of a play's timeline.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct SessionEvent {
    /// Counts from 1 within the session.
    sequence: i32,
    /// When it happened.
    at: DateTime<Utc>,
    /// What happened.
    kind: SessionEventKind,
    /// Where in the item.
    view_offset: Duration,
    /// The decision from then on, for starts and changes of the stream.
    decision: Option<Decision>,
    /// The marker that begins.
    marker: Option<MarkerKind>,
    /// How often the stream has stalled so far.
    count: Option<i32>,
    /// Where a jump came from.
    from: Option<Duration>,
}

impl From<&session::SessionEvent> for SessionEvent {
    fn from(value: &session::SessionEvent) -> Self {
        Self {
            sequence: value.seq,
            at: value.at,
            kind: value.kind.into(),
            view_offset: Duration(value.view_offset_ms),
            decision: value.detail.decision.map(Into::into),
            marker: value.detail.marker.map(Into::into),
            count: int(value.detail.count),
            from: value.detail.from_ms.map(Duration),
        }
    }
}

/// An entry with the session that it belongs to.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct SessionEventOf {
    /// The session. When it is over, its play has the same id.
    session_id: ID,
    /// The server.
    server_id: ID,
    /// The entry.
    event: SessionEvent,
}

impl SessionEventOf {
    pub(crate) fn new(
        session: SessionId,
        server: tautulli_domain::ServerId,
        event: &session::SessionEvent,
    ) -> Self {
        Self {
            session_id: encode(NodeKind::Session, session),
            server_id: encode(NodeKind::Server, server),
            event: event.into(),
        }
    }
}
