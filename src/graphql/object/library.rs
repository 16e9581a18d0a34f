//! A library of a media server.

use super::enums::MediaKind;
use super::{LibraryItem, LibraryTable, Server};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::input::TableInput;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Long, said};
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use tautulli_domain::holdings::Holding;
use tautulli_domain::server;

/// A library of a media server.
pub(crate) struct Library(pub(crate) Arc<server::Library>);

/// A library of a media server.
#[Object]
impl Library {
    /// Its id here.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::Library, self.0.id)
    }

    /// The row's number.
    async fn row_id(&self) -> Long {
        Long(self.0.id.0)
    }

    /// Plex's number of the library; 999999 is live TV.
    async fn section_id(&self) -> Long {
        Long(self.0.section_id)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What its top-level items are.
    async fn kind(&self) -> MediaKind {
        self.0.kind.into()
    }

    /// The agent that finds its facts.
    async fn agent(&self) -> Option<String> {
        said(&self.0.agent)
    }

    /// Address of the picture to show: the one that was chosen here, or the library's own.
    async fn picture(&self) -> Option<String> {
        said(self.0.picture())
    }

    /// Address of the background to show: the one that was chosen here, or the library's own.
    async fn background(&self) -> Option<String> {
        said(self.0.background())
    }

    /// Path of its picture.
    async fn thumb(&self) -> Option<String> {
        said(&self.0.thumb)
    }

    /// Path of its background.
    async fn art(&self) -> Option<String> {
        said(&self.0.art)
    }

    /// Movies, shows or artists in it.
    async fn count(&self) -> Option<Long> {
        self.0.count.map(Long)
    }

    /// Seasons or albums in it.
    async fn parent_count(&self) -> Option<Long> {
        self.0.parent_count.map(Long)
    }

    /// Episodes or tracks in it.
    async fn child_count(&self) -> Option<Long> {
        self.0.child_count.map(Long)
    }

    /// Still on the server.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// A choice that programs read and write. Nothing here asks for it: notifiers have conditions of their own.
    async fn do_notify(&self) -> bool {
        self.0.do_notify
    }

    /// The same for what is added to the library.
    async fn do_notify_created(&self) -> bool {
        self.0.do_notify_created
    }

    /// When the newest play of it began; absent where nothing was played, and for guests.
    async fn last_played_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        ctx.loaders()?.library_played(self.0.id).await.gql()
    }

    /// How much it holds, as it was measured last; absent before that, and for guests.
    async fn holding(&self, ctx: &Context<'_>) -> Result<Option<LibraryHolding>> {
        Ok(ctx.loaders()?.library_holding(self.0.id).await.gql()?.map(LibraryHolding))
    }

    /// How it grew, oldest first: by day for a year, by month before that. Nothing for guests.
    #[graphql(complexity = "10 + 100 * child_complexity")]
    async fn growth(&self, ctx: &Context<'_>) -> Result<Vec<LibraryHolding>> {
        let found = ctx.services()?.holdings.growth(ctx.viewer()?, self.0.id).await.gql()?;
        Ok(found.into_iter().map(LibraryHolding).collect())
    }

    /// Plays are kept in the history.
    async fn keep_history(&self) -> bool {
        self.0.keep_history
    }

    /// Was deleted here; the plays may still be there.
    async fn deleted(&self) -> bool {
        self.0.deleted
    }

    /// What is in it, as a table with formats and plays.
    #[graphql(complexity = "10 + 2 * child_complexity")]
    async fn table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rows, in which order.")] input: Option<TableInput>,
    ) -> Result<LibraryTable> {
        let (query, fresh) = input.unwrap_or_default().into_domain()?;
        let catalogue = &ctx.services()?.catalogue;
        let table = Box::pin(catalogue.library_table(ctx.viewer()?, &self.0, &query, fresh)).await.gql()?;
        Ok(LibraryTable { server: self.0.server_id, table })
    }

    /// Its collections, in the server's order, at most 5000.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<LibraryItem>> {
        let found = Box::pin(ctx.services()?.catalogue.collections(ctx.viewer()?, &self.0)).await.gql()?;
        Ok(found.into_iter().map(|item| LibraryItem { server: self.0.server_id, item }).collect())
    }

    /// The server.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        Ok(ctx.loaders()?.server(self.0.server_id).await.gql()?.map(Server))
    }
}

/// What a library held on a day.
pub(crate) struct LibraryHolding(Holding);

/// What a library held on a day.
#[Object(serial)]
impl LibraryHolding {
    /// The day, of universal time.
    async fn day(&self) -> NaiveDate {
        self.0.day
    }

    /// Movies, episodes or tracks.
    async fn items(&self) -> Long {
        Long(self.0.items)
    }

    /// Bytes of all their files.
    async fn size(&self) -> Long {
        Long(self.0.size)
    }

    /// Not measured on that day, but reckoned from when the items were added: what was deleted before the first measure is not in it.
    async fn is_reckoned(&self) -> bool {
        self.0.is_reckoned
    }
}
