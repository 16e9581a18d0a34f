//! Who asks, and what is needed to come in.

use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::object::{ApiKey, PlexSignIn, Viewer};
use async_graphql::{Context, Object, Result, SimpleObject};
use tautulli_services::access::DemoAccount;

#[derive(Default)]
pub(super) struct AccessQueries;

/// The service itself, as strangers may know it.
#[derive(SimpleObject)]
struct Service {
    /// Its version.
    version: &'static str,
    /// Whether the first administrator is still to be made.
    needs_setup: bool,
    /// Whether whoever asks has proved who they are.
    signed_in: bool,
    /// Whether people may come in by plex.tv.
    plex_sign_in: bool,
    /// Set when this is a demo with a simulated Plex: how anyone may sign in.
    demo: Option<Demo>,
}

/// The demo's account.
#[derive(SimpleObject)]
struct Demo {
    /// Name of the account.
    username: String,
    /// Password of the account; everybody may know it.
    password: String,
}

#[Object]
impl AccessQueries {
    /// The service itself. Strangers may ask.
    #[graphql(guard = "Allow::Anyone")]
    async fn service(&self, ctx: &Context<'_>) -> Result<Service> {
        let services = ctx.services()?;
        let needs_setup = services.access.needs_setup().await.gql()?;
        let signed_in = ctx.viewer().is_ok();
        let demo =
            services.demo.clone().map(|DemoAccount { username, password }| Demo { username, password });
        // The people of a demo are made up: plex.tv knows none of them.
        let plex_sign_in = demo.is_none() && services.plex_door.is_open().await.gql()?;
        Ok(Service { version: env!("CARGO_PKG_VERSION"), needs_setup, signed_in, plex_sign_in, demo })
    }

    /// Who may come in by plex.tv.
    #[graphql(guard = "Allow::Admin")]
    async fn plex_sign_in(&self, ctx: &Context<'_>) -> Result<PlexSignIn> {
        Ok(ctx.services()?.plex_door.welcome().into())
    }

    /// Who asks.
    #[graphql(guard = "Allow::Watcher")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer(ctx.viewer()?.clone()))
    }

    /// The keys for programs, newest first, ended ones too.
    #[graphql(guard = "Allow::Admin")]
    async fn api_keys(&self, ctx: &Context<'_>) -> Result<Vec<ApiKey>> {
        let keys = ctx.services()?.access.keys().await.gql()?;
        Ok(keys.into_iter().map(Into::into).collect())
    }
}
