//! Edits of the past, and what edits would do.

use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::input::{HistoryFilter, RulesInput};
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{EditPreview, ItemSnapshot, Revision};
use async_graphql::{Context, ID, Object, Result};
use std::sync::Arc;
use tautulli_domain::{RevisionId, ServerId};

#[derive(Default)]
pub(super) struct RevisionQueries;

#[Object]
impl RevisionQueries {
    /// Edits of the past, newest first.
    #[graphql(guard = "Allow::Admin")]
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 25)] first: i32,
        #[graphql(desc = "Only those older than this one.")] before: Option<ID>,
    ) -> Result<Vec<Revision>> {
        let before = before.map(|id| node::number(&id, NodeKind::Revision).map(RevisionId)).transpose()?;
        let found = ctx.services()?.revisions.list(before, first.into()).await.gql()?;
        Ok(found.into_iter().map(Revision).collect())
    }

    /// What deleting the plays that a filter finds would remove.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn preview_deletion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: HistoryFilter,
    ) -> Result<EditPreview> {
        let filter = filter.into_domain()?;
        Ok(ctx.services()?.revisions.preview_deletion(&filter).await.gql()?.into())
    }

    /// The parts that were played of the show or artist that an item belongs to, each as it was written last, the newest first.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn played_family(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server.")] server_id: ID,
        #[graphql(desc = "Plex's key of the item, as the history knows it.")] rating_key: String,
    ) -> Result<Vec<ItemSnapshot>> {
        let server = ServerId(node::number(&server_id, NodeKind::Server)?);
        let parts = ctx.services()?.revisions.played_family(server, &rating_key).await.gql()?;
        Ok(parts.into_iter().map(|part| ItemSnapshot::of(server, Arc::new(part))).collect())
    }

    /// The parts that the server has now of the show or artist that an item belongs to, in the server's order.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn family(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server.")] server_id: ID,
        #[graphql(desc = "Plex's key of the item.")] rating_key: String,
    ) -> Result<Vec<ItemSnapshot>> {
        let server = ServerId(node::number(&server_id, NodeKind::Server)?);
        let parts = ctx.services()?.revisions.family(server, &rating_key).await.gql()?;
        Ok(parts.into_iter().map(|part| ItemSnapshot::of(server, Arc::new(part))).collect())
    }

    /// What is in a collection or a playlist of the server, in the server's order.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server.")] server_id: ID,
        #[graphql(desc = "Plex's key of the collection or playlist.")] rating_key: String,
        #[graphql(desc = "A playlist of the server's owner rather than a collection.", default)]
        playlist: bool,
    ) -> Result<Vec<ItemSnapshot>> {
        let server = ServerId(node::number(&server_id, NodeKind::Server)?);
        let found = ctx.services()?.revisions.members(server, &rating_key, playlist).await.gql()?;
        Ok(found.into_iter().map(|item| ItemSnapshot::of(server, Arc::new(item))).collect())
    }

    /// What other rules would change in the past: watched states, groups, and what is kept at all.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn preview_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules.")] input: RulesInput,
    ) -> Result<EditPreview> {
        Ok(ctx.services()?.revisions.preview_rules(&input.into()).await.gql()?.into())
    }
}
