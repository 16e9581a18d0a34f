//! A finished play.

use super::enums::Decision;
use super::event::SessionEvent;
use super::{ItemSnapshot, Library, Player, Server, Stream, User};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Duration, Long};
use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tautulli_domain::history;

/// A finished play.
pub(crate) struct Play(pub(crate) Arc<history::Play>);

/// A finished play.
#[Object(serial)]
impl Play {
    /// Its id here.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::Play, self.0.id)
    }

    /// The row's number, which the legacy API calls row_id.
    async fn row_id(&self) -> Long {
        Long(self.0.id.0)
    }

    /// The session that it was.
    async fn session_id(&self) -> ID {
        encode(NodeKind::Session, self.0.session_id)
    }

    /// The group's number, which the legacy API calls reference_id.
    async fn group_row_id(&self) -> Long {
        Long(self.0.group_id.0)
    }

    /// When it began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// When it ended.
    async fn stopped_at(&self) -> DateTime<Utc> {
        self.0.stopped_at
    }

    /// Time played: from start to stop without pauses.
    async fn played(&self) -> Duration {
        Duration(self.0.played_ms)
    }

    /// Time paused.
    async fn paused(&self) -> Duration {
        Duration(self.0.paused_ms)
    }

    /// Where in the item it ended.
    async fn view_offset(&self) -> Duration {
        Duration(self.0.view_offset_ms)
    }

    /// Per cent of the item reached, 0 to 100; always 100 for live.
    async fn percent_complete(&self) -> i32 {
        i32::try_from(self.0.percent_complete).unwrap_or(0)
    }

    /// Whether an import brought it, and this service did not see it.
    async fn is_imported(&self) -> bool {
        self.0.is_imported()
    }

    /// Cells of an imported history that could not be taken as they lie, by the names of its columns: nothing where there is text
    /// here, text where there are numbers, a name that the account no longer has. Absent for everything else.
    async fn recorded_cells(&self) -> Option<Json<&serde_json::Value>> {
        self.0.recorded_cells.as_ref().map(Json)
    }

    /// Quarters of the way to watched, 0 to 4; 4 is watched.
    async fn watched_quarters(&self) -> i32 {
        self.0.watched_quarters.into()
    }

    /// The decision that plays are counted by.
    async fn decision(&self) -> Decision {
        self.0.decision.into()
    }

    /// Who played.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(ctx.loaders()?.user(self.0.user_id).await.gql()?.map(User))
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

    /// The item as it was then.
    async fn item(&self) -> ItemSnapshot {
        ItemSnapshot::of(self.0.server_id, self.0.item.clone())
    }

    /// The playing device.
    async fn player(&self) -> Player {
        Player(self.0.player.clone())
    }

    /// How the item was delivered.
    async fn stream(&self, ctx: &Context<'_>) -> Result<Stream> {
        let with_paths = ctx.viewer()?.is_admin();
        Ok(Stream { detail: self.0.stream.clone(), kind: self.0.item.kind, with_paths })
    }

    /// The other plays of its group, oldest first, the newest 500 at most.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn companions(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let (history, viewer) = (&ctx.services()?.history, ctx.viewer()?);
        let plays = Box::pin(history.companions(viewer, self.0.group_id, self.0.id)).await.gql()?;
        Ok(plays.into_iter().map(|play| Self(Arc::new(play))).collect())
    }

    /// The timeline, oldest entry first.
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<SessionEvent>> {
        let events = ctx.loaders()?.timeline(self.0.session_id).await.gql()?;
        Ok(events.iter().map(Into::into).collect())
    }
}
