//! What is now, and how it changes.

use super::{Server, Session};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use async_graphql::{Context, ID, Object, Result, SimpleObject, Union};
use tautulli_domain::glimpse::{Glimpse, Seen};
use tautulli_domain::{Location, ServerId, SessionId, media};
use tautulli_services::events::Snapshot;

/// What is now, as one viewer may see it.
#[derive(Clone)]
pub(crate) struct Activity {
    sessions: Vec<Seen>,
}

impl Activity {
    pub(crate) fn new(snapshot: &Snapshot, glimpse: &Glimpse, server: Option<ServerId>) -> Self {
        let here = snapshot.sessions().filter(|s| server.is_none_or(|wanted| s.server_id == wanted));
        Self { sessions: here.filter_map(|session| glimpse.of(session)).collect() }
    }

    fn count(&self, wanted: media::Decision) -> i32 {
        let matching = self.sessions.iter().filter(|s| s.stream.decision() == wanted);
        i32::try_from(matching.count()).unwrap_or(i32::MAX)
    }

    fn rate(&self, wanted: impl Fn(Location) -> bool) -> i32 {
        let rates = self.sessions.iter().filter(|s| wanted(s.player.location));
        let total: i64 = rates.filter_map(|s| s.player.bandwidth).fold(0, i64::saturating_add);
        i32::try_from(total).unwrap_or(i32::MAX)
    }
}

/// What is now.
#[Object]
impl Activity {
    /// The running sessions, oldest first.
    async fn sessions(&self) -> Vec<Session> {
        self.sessions.iter().cloned().map(Session).collect()
    }

    /// How many sessions run.
    async fn stream_count(&self) -> i32 {
        i32::try_from(self.sessions.len()).unwrap_or(i32::MAX)
    }

    /// Sessions that get the file as it is.
    async fn direct_play_count(&self) -> i32 {
        self.count(media::Decision::DirectPlay)
    }

    /// Sessions that get the streams in another container.
    async fn direct_stream_count(&self) -> i32 {
        self.count(media::Decision::Copy)
    }

    /// Sessions that are converted.
    async fn transcode_count(&self) -> i32 {
        self.count(media::Decision::Transcode)
    }

    /// Bandwidth of all sessions.
    async fn bandwidth(&self) -> Bandwidth {
        Bandwidth {
            total: self.rate(|_| true),
            lan: self.rate(|location| location == Location::Lan),
            wan: self.rate(|location| location != Location::Lan),
        }
    }
}

/// Bandwidth in kbit/s. Everything that is not the local network counts as remote.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Bandwidth {
    /// All of it, in kbit/s.
    total: i32,
    /// In the local network, in kbit/s.
    lan: i32,
    /// Remote, in kbit/s.
    wan: i32,
}

/// A change of what is now. The first one is always the whole.
#[derive(Union)]
pub(crate) enum ActivityUpdate {
    /// Everything, at the beginning and whenever changes were missed.
    Activity(Activity),
    /// A session that is new or has changed.
    Session(Session),
    /// A session that is over.
    Ended(SessionEnded),
    /// The connection to a server has changed.
    Server(ServerChanged),
}

/// A session that is over.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct SessionEnded {
    /// The session.
    session_id: ID,
    /// The play that it became; absent if it was too short or is not to be kept.
    play_id: Option<ID>,
}

impl SessionEnded {
    pub(crate) fn new(session: SessionId, play: Option<tautulli_domain::PlayId>) -> Self {
        Self {
            session_id: encode(NodeKind::Session, session),
            play_id: play.map(|id| encode(NodeKind::Play, id)),
        }
    }
}

/// The connection to a server has changed.
pub(crate) struct ServerChanged(pub(crate) ServerId);

/// The connection to a server has changed.
#[Object]
impl ServerChanged {
    /// The server with its connection.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        Ok(ctx.loaders()?.server(self.0).await.gql()?.map(Server))
    }
}
