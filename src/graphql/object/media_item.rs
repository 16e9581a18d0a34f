//! An item by its lasting identity.

use super::{ItemSnapshot, Server};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use async_graphql::{Context, ID, Object, Result};
use std::sync::Arc;
use tautulli_domain::media;
use tautulli_domain::{ItemId, ServerId};

/// An item by its lasting identity: server and guid.
pub(crate) struct MediaItem {
    pub(crate) id: ItemId,
    pub(crate) server_id: ServerId,
    pub(crate) snapshot: Arc<media::ItemSnapshot>,
}

impl MediaItem {
    pub(crate) fn of(item: tautulli_services::Item) -> Self {
        Self { id: item.id, server_id: item.server_id, snapshot: Arc::new(item.snapshot) }
    }
}

/// An item by its lasting identity: server and guid. Known once it has been played.
#[Object]
impl MediaItem {
    /// Its id here.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::Item, self.id)
    }

    /// Its facts as they were last seen.
    async fn facts(&self) -> ItemSnapshot {
        ItemSnapshot::of(self.server_id, self.snapshot.clone())
    }

    /// The server.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        Ok(ctx.loaders()?.server(self.server_id).await.gql()?.map(Server))
    }
}
