//! Who asks.

use super::User;
use super::enums::Role;
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use async_graphql::{Context, Object, Result};
use tautulli_domain::viewer;

/// Who asks.
pub(crate) struct Viewer(pub(crate) viewer::Viewer);

/// Who asks.
#[Object]
impl Viewer {
    /// The account's or the key's name.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// What they may do.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// The Plex user whose plays a guest sees.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match self.0.user {
            Some((_, user)) => Ok(ctx.loaders()?.user(user).await.gql()?.map(User)),
            None => Ok(None),
        }
    }
}
