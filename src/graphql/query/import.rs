//! Imports and what came of them.

use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::Import;
use async_graphql::{Context, ID, Object, Result};

#[derive(Default)]
pub(super) struct ImportQueries;

#[Object]
impl ImportQueries {
    /// Imports of other installations' histories, the newest first, at most 100.
    #[graphql(guard = "Allow::Admin")]
    async fn imports(&self, ctx: &Context<'_>) -> Result<Vec<Import>> {
        let imports = ctx.services()?.importer.list().await.gql()?;
        Ok(imports.into_iter().map(Into::into).collect())
    }

    /// One import, or a preview as long as it is known.
    #[graphql(guard = "Allow::Admin")]
    async fn import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<Option<Import>> {
        let number = node::number(&id, NodeKind::Import)?;
        Ok(ctx.services()?.importer.find(number).await.gql()?.map(Into::into))
    }
}
