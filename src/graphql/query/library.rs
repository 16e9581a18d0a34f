//! Servers, libraries, users and items.

use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{self, MediaItem, Server, User};
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result};
use std::sync::Arc;
use tautulli_domain::{Error, ItemId, ServerId};
use tautulli_services::{ItemKey, LibrariesWanted, UsersWanted};

#[derive(Default)]
pub(super) struct LibraryQueries;

#[Object]
impl LibraryQueries {
    /// The media servers that are watched, the default one first.
    #[graphql(guard = "Allow::Watcher")]
    async fn servers(&self, ctx: &Context<'_>) -> Result<Vec<Server>> {
        let servers = ctx.services()?.servers.all().await.gql()?;
        let own = ctx.viewer()?.user.map(|(server, _)| server);
        let admin = ctx.viewer()?.is_of_admin();
        Ok(servers.into_iter().filter(|s| admin || own == Some(s.id)).map(Arc::new).map(Server).collect())
    }

    /// Libraries, in the servers' order.
    #[graphql(guard = "Allow::Viewer")]
    async fn libraries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "Only those with these numbers of Plex.")] section_ids: Option<Vec<Long>>,
        #[graphql(desc = "Only those with these row numbers.")] row_ids: Option<Vec<Long>>,
        #[graphql(desc = "Only those with these names.")] names: Option<Vec<String>>,
    ) -> Result<Vec<object::Library>> {
        let wanted = LibrariesWanted {
            server: server(server_id)?,
            sections: numbers(section_ids),
            rows: numbers(row_ids),
            names,
        };
        let libraries = ctx.services()?.people.libraries(ctx.viewer()?, wanted).await.gql()?;
        Ok(libraries.into_iter().map(Arc::new).map(object::Library).collect())
    }

    /// Users, in the order in which they became known.
    #[graphql(guard = "Allow::Viewer")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "Only those with these plex.tv accounts.")] account_ids: Option<Vec<Long>>,
        #[graphql(desc = "Only those with these row numbers.")] row_ids: Option<Vec<Long>>,
        #[graphql(desc = "Only those with these names of their accounts.")] usernames: Option<Vec<String>>,
    ) -> Result<Vec<User>> {
        let wanted = UsersWanted {
            server: server(server_id)?,
            only: None,
            accounts: numbers(account_ids),
            rows: numbers(row_ids),
            usernames,
        };
        let users = ctx.services()?.people.users(ctx.viewer()?, wanted).await.gql()?;
        Ok(users.into_iter().map(Arc::new).map(User).collect())
    }

    /// An item that was played: by id, or by guid or Plex's key on a server. Servers recycle keys; prefer the guid.
    #[graphql(guard = "Allow::Viewer")]
    async fn media_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Option<ID>,
        #[graphql(desc = "The server of the guid or key; the default server if it is absent.")]
        server_id: Option<ID>,
        #[graphql(desc = "Its guid.")] guid: Option<String>,
        #[graphql(desc = "Plex's key.")] rating_key: Option<String>,
    ) -> Result<Option<MediaItem>> {
        if let Some(id) = id {
            return item_by_id(ctx, ItemId(node::number(&id, NodeKind::Item)?)).await;
        }
        let services = ctx.services()?;
        let server = match server(server_id)? {
            Some(server) => Some(server),
            None => services.servers.all().await.gql()?.first().map(|s| s.id),
        };
        let Some(server) = server else { return Ok(None) };
        let key = match (guid, rating_key) {
            (Some(guid), None) => ItemKey::Guid(guid),
            (None, Some(key)) => ItemKey::RatingKey(key),
            _ => {
                return Err(from_domain(&Error::invalid(
                    "Give the id, the guid or the rating key of the item",
                )));
            }
        };
        Ok(services.items.find(ctx.viewer()?, server, &key).await.gql()?.map(MediaItem::of))
    }
}

fn numbers(given: Option<Vec<Long>>) -> Option<Vec<i64>> {
    given.map(|given| given.into_iter().map(|number| number.0).collect())
}

fn server(id: Option<ID>) -> Result<Option<ServerId>> {
    Ok(id.map(|id| node::number(&id, NodeKind::Server)).transpose()?.map(ServerId))
}

/// An item that the viewer may see.
pub(super) async fn item_by_id(ctx: &Context<'_>, id: ItemId) -> Result<Option<MediaItem>> {
    let found = ctx.services()?.items.by_ids(ctx.viewer()?, &[id]).await.gql()?;
    Ok(found.into_iter().next().map(MediaItem::of))
}
