//! What can be asked. One file for each area.

mod access;
mod activity;
mod catalogue;
mod history;
mod import;
mod library;
mod people;
mod revision;
mod statistics;
mod upkeep;

use super::error::Gql;
use super::node::{self, NodeKind};
use super::object::{Library, MediaItem, Play, Server, Session, User};
use crate::graphql::context::ContextExt;
use async_graphql::{Context, ID, Interface, MergedObject, Object, Result};
use tautulli_domain::{ItemId, LibraryId, PlayId, ServerId, SessionId, UserId};

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    access::AccessQueries,
    activity::ActivityQueries,
    catalogue::CatalogueQueries,
    history::HistoryQueries,
    import::ImportQueries,
    library::LibraryQueries,
    people::PeopleQueries,
    statistics::StatisticsQueries,
    revision::RevisionQueries,
    upkeep::UpkeepQueries,
    NodeQueries,
);

/// Whatever has an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id here."))]
enum Node {
    Server(Server),
    User(User),
    Library(Library),
    MediaItem(MediaItem),
    Session(Session),
    Play(Play),
}

#[derive(Default)]
struct NodeQueries;

#[Object]
impl NodeQueries {
    /// Whatever has this id, if the viewer may see it.
    #[graphql(guard = "crate::graphql::guard::Allow::Viewer")]
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any id given out here.")] id: ID,
    ) -> Result<Option<Node>> {
        let (kind, _) = node::decode(&id)?;
        let loaders = ctx.loaders()?;
        Ok(match kind {
            NodeKind::Server => loaders
                .server(ServerId(node::number(&id, kind)?))
                .await
                .gql()?
                .map(|s| Node::Server(Server(s))),
            NodeKind::User => {
                loaders.user(UserId(node::number(&id, kind)?)).await.gql()?.map(|u| Node::User(User(u)))
            }
            NodeKind::Library => loaders
                .library(LibraryId(node::number(&id, kind)?))
                .await
                .gql()?
                .map(|l| Node::Library(Library(l))),
            NodeKind::Play => {
                loaders.play(PlayId(node::number(&id, kind)?)).await.gql()?.map(|play| Node::Play(Play(play)))
            }
            NodeKind::Item => {
                library::item_by_id(ctx, ItemId(node::number(&id, kind)?)).await?.map(Node::MediaItem)
            }
            NodeKind::Session => {
                activity::session_by_id(ctx, SessionId(node::uuid(&id)?))?.map(Node::Session)
            }
            NodeKind::Group | NodeKind::ApiKey | NodeKind::Import | NodeKind::Revision => None,
        })
    }
}
