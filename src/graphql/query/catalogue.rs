//! What is in the libraries now, asked of the media servers.

use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{KnownServer, LibraryItem, MediaKind, SearchGroup, SyncedItem};
use async_graphql::{Context, ID, Object, Result};
use tautulli_domain::{Error, ServerId};
use tautulli_services::catalogue::{Page, Recent};

#[derive(Default)]
pub(super) struct CatalogueQueries;

#[Object]
impl CatalogueQueries {
    /// An item as its library has it now, by Plex's key; absent where the server has none, or the viewer may not see it.
    #[graphql(guard = "Allow::Viewer", complexity = "10 + child_complexity")]
    async fn library_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server; the default one if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "Plex's key.")] rating_key: String,
    ) -> Result<Option<LibraryItem>> {
        let Some(server) = server(ctx, server_id).await? else { return Ok(None) };
        let found = ctx.services()?.catalogue.item(ctx.viewer()?, server, &rating_key).await.gql()?;
        Ok(found.map(|item| LibraryItem { server, item }))
    }

    /// What came into the libraries last, newest first. A season or album stands for all that came with it.
    #[graphql(guard = "Allow::Viewer", complexity = "10 + 5 * child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "a page's two and what may be new")]
    async fn recently_added(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server; the default one if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "MOVIE, SHOW or ARTIST; everything else mixes them.")] kind: Option<MediaKind>,
        #[graphql(desc = "With MOVIE: videos that no agent knows.", default = false)] personal: bool,
        #[graphql(desc = "One library, by Plex's number.")] section_id: Option<i32>,
        #[graphql(desc = "Rows to pass over.", default = 0)] offset: i32,
        #[graphql(desc = "How many, at most 500.", default = 25)] first: i32,
    ) -> Result<Vec<LibraryItem>> {
        let Some(server) = server(ctx, server_id).await? else { return Ok(Vec::new()) };
        let size = |number: i32| {
            usize::try_from(number).map_err(|_| from_domain(&Error::invalid("A page begins at 0 or later")))
        };
        let recent = Recent { kind: kind.map(Into::into), personal, section: section_id.map(i64::from) };
        let page = Page { start: size(offset)?, size: size(first)? };
        let catalogue = &ctx.services()?.catalogue;
        let found = catalogue.recently_added(ctx.viewer()?, server, recent, page).await.gql()?;
        Ok(found.into_iter().map(|item| LibraryItem { server, item }).collect())
    }

    /// Items whose titles a text finds, by kind.
    #[graphql(guard = "Allow::Viewer", complexity = "10 + 5 * child_complexity")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server; the default one if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "What to look for.")] text: String,
        #[graphql(desc = "How many of each kind, at most 250; the media server's choice if it is absent.")]
        first: Option<i32>,
    ) -> Result<Vec<SearchGroup>> {
        let Some(server) = server(ctx, server_id).await? else { return Ok(Vec::new()) };
        let limit = first.map(|first| usize::try_from(first).unwrap_or(0)).filter(|first| *first > 0);
        let found = ctx.services()?.catalogue.search(ctx.viewer()?, server, &text, limit).await.gql()?;
        let wrap = |item| LibraryItem { server, item };
        let groups = found.into_iter().map(|(kind, items)| SearchGroup {
            kind: kind.into(),
            items: items.into_iter().map(wrap).collect(),
        });
        Ok(groups.collect())
    }

    /// What was put on devices to be watched without a connection; a guest sees their own.
    #[graphql(guard = "Allow::Viewer", complexity = "10 + child_complexity")]
    async fn synced_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server; the default one if it is absent.")] server_id: Option<ID>,
    ) -> Result<Vec<SyncedItem>> {
        let Some(server) = server(ctx, server_id).await? else { return Ok(Vec::new()) };
        let services = ctx.services()?;
        let server = services.servers.get(server).await.gql()?;
        let viewer = ctx.viewer()?;
        let own = match viewer.user {
            Some((at, id)) if at == server.id => services.people.users_by_ids(viewer, &[id]).await.gql()?,
            _ => Vec::new(),
        };
        let found = services.lookups.synced_items(viewer, &server, own.first()).await.gql()?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The media servers of the account that owns a watched server, with all their addresses.
    #[graphql(guard = "Allow::Admin", complexity = "10 + child_complexity")]
    async fn account_servers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The watched server; the default one if it is absent.")] server_id: Option<ID>,
    ) -> Result<Vec<KnownServer>> {
        let Some(server) = server(ctx, server_id).await? else { return Ok(Vec::new()) };
        let found = ctx.services()?.lookups.account_servers(server).await.gql()?;
        Ok(found.into_iter().map(Into::into).collect())
    }
}

/// The server that is meant: the one that is named, or the default one.
pub(super) async fn server(ctx: &Context<'_>, id: Option<ID>) -> Result<Option<ServerId>> {
    match id {
        Some(id) => node::number(&id, NodeKind::Server).map(|id| Some(ServerId(id))),
        None => Ok(ctx.services()?.servers.all().await.gql()?.first().map(|server| server.id)),
    }
}
