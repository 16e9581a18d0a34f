//! A media server that is watched. Its token is never part of the graph.

use super::enums::LinkState;
use super::{KnownServer, LibraryItem, ServerRelease};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Long, said};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tautulli_domain::server;

/// A media server that is watched.
pub(crate) struct Server(pub(crate) Arc<server::Server>);

/// A media server that is watched.
#[Object]
impl Server {
    /// Its id here.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::Server, self.0.id)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Plex's identifier of the machine; absent until the first contact.
    async fn machine_id(&self) -> Option<String> {
        said(&self.0.machine_id)
    }

    /// Its address. Administrators only.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(ctx.viewer()?.is_admin().then_some(self.0.url.as_str()))
    }

    /// Whether its certificate is checked.
    async fn verify_tls(&self) -> bool {
        self.0.verify_tls
    }

    /// Version of Plex Media Server.
    async fn version(&self) -> Option<String> {
        said(&self.0.version)
    }

    /// Operating system.
    async fn platform(&self) -> Option<String> {
        said(&self.0.platform)
    }

    /// Whether its owner has Plex Pass.
    async fn plex_pass(&self) -> bool {
        self.0.plex_pass
    }

    /// The server that the legacy API speaks for.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// When it was added here.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The playlists of its owner, at most 5000. Administrators only.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn playlists(&self, ctx: &Context<'_>) -> Result<Vec<LibraryItem>> {
        let found = Box::pin(ctx.services()?.catalogue.playlists(ctx.viewer()?, self.0.id)).await.gql()?;
        Ok(found.into_iter().map(|item| LibraryItem { server: self.0.id, item }).collect())
    }

    /// A setting of its own, by Plex's name for it; absent where it has none of that name. Administrators only, and
    /// nothing that is secret.
    #[graphql(complexity = 10)]
    async fn preference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Plex's name, such as FriendlyName.")] name: String,
    ) -> Result<Option<String>> {
        if !ctx.viewer()?.is_admin() {
            return Ok(None);
        }
        Box::pin(ctx.services()?.lookups.preference(self.0.id, &name)).await.gql()
    }

    /// The servers that it knows in its own network, itself among them. Administrators only.
    #[graphql(complexity = "10 + child_complexity")]
    async fn known_servers(&self, ctx: &Context<'_>) -> Result<Vec<KnownServer>> {
        if !ctx.viewer()?.is_admin() {
            return Ok(Vec::new());
        }
        let found = Box::pin(ctx.services()?.lookups.known_servers(self.0.id)).await.gql()?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The newest release for its platform; absent where Plex names none.
    #[graphql(complexity = "10 + child_complexity")]
    async fn release(&self, ctx: &Context<'_>) -> Result<Option<ServerRelease>> {
        let found = Box::pin(ctx.services()?.lookups.release(&self.0)).await.gql()?;
        Ok(found.map(|release| ServerRelease::seen_from(&self.0.version, release)))
    }

    /// The state of the connection.
    async fn link(&self, ctx: &Context<'_>) -> Result<Link> {
        let snapshot = ctx.services()?.activity.snapshot();
        let status = snapshot.servers.get(&self.0.id).map(|s| s.link.clone()).unwrap_or_default();
        Ok(Link::from(&status))
    }
}

/// The state of the connection to a media server.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Link {
    /// How it is doing.
    state: LinkState,
    /// Since when.
    since: Option<DateTime<Utc>>,
    /// What is wrong and what to do about it.
    problem: Option<String>,
    /// Messages and rows that could not be used since the start.
    skipped: Long,
}

impl From<&server::LinkStatus> for Link {
    fn from(value: &server::LinkStatus) -> Self {
        Self {
            state: value.state.into(),
            since: value.since,
            problem: value.problem.clone(),
            skipped: Long(i64::try_from(value.skipped).unwrap_or(i64::MAX)),
        }
    }
}
