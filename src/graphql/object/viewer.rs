//! Who asks.

use super::User;
use super::enums::{KeyScope, Role};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use async_graphql::{Context, Object, Result, SimpleObject};
use tautulli_domain::viewer;
use tautulli_services::access::PlexWelcome;

/// Who may come in by plex.tv.
#[derive(SimpleObject)]
pub(crate) struct PlexSignIn {
    /// Owners of watched servers, as administrators.
    owners: bool,
    /// Users who are allowed to be guests, as guests.
    guests: bool,
}

impl From<PlexWelcome> for PlexSignIn {
    fn from(PlexWelcome { owners, guests }: PlexWelcome) -> Self {
        Self { owners, guests }
    }
}

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

    /// What their key may be used for; everything their role allows where they signed in.
    async fn scope(&self) -> KeyScope {
        self.0.scope.into()
    }

    /// Whether their key is limited to some libraries.
    async fn is_limited(&self) -> bool {
        self.0.libraries.is_some()
    }

    /// IANA name of the zone whose days, weeks and hours filters, windows and graphs count.
    async fn time_zone(&self, ctx: &Context<'_>) -> Result<&'static str> {
        Ok(ctx.services()?.history.zone().name())
    }

    /// The Plex user whose plays a guest sees.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match self.0.user {
            Some((_, user)) => Ok(ctx.loaders()?.user(user).await.gql()?.map(User)),
            None => Ok(None),
        }
    }
}
