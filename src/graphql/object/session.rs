//! A running session.

use super::enums::{MarkerKind, PlayState};
use super::event::SessionEvent;
use super::{ItemSnapshot, Library, Player, Server, Stream, User};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Duration, Long, said};
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tautulli_domain::glimpse::Seen;
use tautulli_domain::watched::percent_complete;

/// A running session.
pub(crate) struct Session(pub(crate) Seen);

impl Session {
    fn now(ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(ctx.services()?.clock.now())
    }
}

/// A running session. When it is over, its play carries the same id in `sessionId`.
#[Object(serial)]
impl Session {
    /// Its id here, from the first observation on.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::Session, self.0.id)
    }

    /// Whether it is somebody else's, as a guest is told of it: without who watches, where and on what, and without its timeline. What
    /// is watched has no title where its library is not shared with the guest.
    async fn masked(&self) -> bool {
        self.0.is_masked()
    }

    /// Plex's number of the session; it starts again from 1 when the server does.
    async fn session_key(&self) -> Long {
        Long(self.0.session_key)
    }

    /// Plex's own id of the session; absent on old servers. Administrators only.
    async fn plex_session_id(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(said(&self.0.session_id).filter(|_| ctx.viewer().is_ok_and(|viewer| viewer.is_admin())))
    }

    /// What it does at the moment.
    async fn state(&self) -> PlayState {
        self.0.state.into()
    }

    /// When it was seen first.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// The last sign of life.
    async fn seen_at(&self) -> DateTime<Utc> {
        self.0.seen_at
    }

    /// Where in the item it is now; a playing one has moved on since the last sign of life.
    async fn view_offset(&self, ctx: &Context<'_>) -> Result<Duration> {
        Ok(Duration(self.0.view_offset_at(Self::now(ctx)?)))
    }

    /// Per cent of the item, 0 to 100.
    async fn progress_percent(&self, ctx: &Context<'_>) -> Result<i32> {
        let percent = percent_complete(self.0.view_offset_at(Self::now(ctx)?), self.0.item.duration_ms);
        Ok(i32::try_from(percent).unwrap_or(0))
    }

    /// How long it has been paused altogether.
    async fn paused(&self, ctx: &Context<'_>) -> Result<Duration> {
        Ok(Duration(self.0.paused_ms_at(Self::now(ctx)?)))
    }

    /// How often the stream has stalled.
    async fn buffer_count(&self) -> Long {
        Long(self.0.buffer_count)
    }

    /// Enough was seen to count as watched.
    async fn watched(&self) -> bool {
        self.0.watched
    }

    /// The first stream of a sitting rather than the next item of one; absent until it is known.
    async fn initial(&self) -> Option<bool> {
        self.0.initial
    }

    /// The marker that it is in.
    async fn marker(&self) -> Option<MarkerKind> {
        self.0.current_marker().map(Into::into)
    }

    /// Who plays; absent until the user is known.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match self.0.user_id {
            Some(id) => Ok(ctx.loaders()?.user(id).await.gql()?.map(User)),
            None => Ok(None),
        }
    }

    /// The name of whoever plays, as the server says it.
    async fn user_name(&self) -> &str {
        &self.0.user.name
    }

    /// The library; absent for what belongs to none.
    async fn library(&self, ctx: &Context<'_>) -> Result<Option<Library>> {
        match self.0.library_id {
            Some(id) => Ok(ctx.loaders()?.library(id).await.gql()?.map(Library)),
            None => Ok(None),
        }
    }

    /// The server.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        Ok(ctx.loaders()?.server(self.0.server_id).await.gql()?.map(Server))
    }

    /// What is played.
    async fn item(&self) -> ItemSnapshot {
        ItemSnapshot::of(self.0.server_id, Arc::new(self.0.item.clone()))
    }

    /// The playing device.
    async fn player(&self) -> Player {
        Player(Arc::new(self.0.player.clone()))
    }

    /// How the item is delivered.
    async fn stream(&self, ctx: &Context<'_>) -> Result<Stream> {
        let with_paths = ctx.viewer()?.is_admin();
        Ok(Stream { detail: self.0.stream.clone().into(), kind: self.0.item.kind, with_paths })
    }

    /// The timeline so far.
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<SessionEvent>> {
        if self.0.is_masked() {
            return Ok(Vec::new());
        }
        let events = ctx.loaders()?.timeline(self.0.id).await.gql()?;
        Ok(events.iter().map(Into::into).collect())
    }
}
