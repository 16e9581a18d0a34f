//! A user of a media server.

use super::{LibraryItem, Server};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Long, said};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tautulli_domain::server;
use tautulli_services::images::{Fallback, Picture};

/// A user of a media server.
pub(crate) struct User(pub(crate) Arc<server::User>);

/// Plex's filters of what is shared with a user, in Plex's own language; empty where nothing is filtered.
#[derive(SimpleObject)]
#[graphql(serial)]
struct ShareFilters {
    /// For everything.
    all: String,
    /// For movies.
    movies: String,
    /// For shows.
    tv: String,
    /// For music.
    music: String,
    /// For photos.
    photos: String,
}

/// A user of a media server.
#[Object(serial)]
impl User {
    /// Its id here.
    pub(crate) async fn id(&self) -> ID {
        encode(NodeKind::User, self.0.id)
    }

    /// The row's number, which the legacy API calls row_id.
    async fn row_id(&self) -> Long {
        Long(self.0.id.0)
    }

    /// Number of the plex.tv account; 0 is the local user.
    async fn account_id(&self) -> Long {
        Long(self.0.account_id)
    }

    /// The name to show.
    async fn friendly_name(&self) -> &str {
        self.0.friendly_name()
    }

    /// Name of the account.
    async fn username(&self) -> &str {
        &self.0.username
    }

    /// The name that Plex shows.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// E-mail address.
    async fn email(&self) -> Option<String> {
        said(&self.0.email)
    }

    /// Address of the picture to show: the one that was chosen here, or the account's.
    async fn picture(&self) -> Option<String> {
        said(self.0.picture())
    }

    /// Address of the account's picture.
    async fn thumb(&self) -> Option<String> {
        said(&self.0.thumb)
    }

    /// Where this service offers the picture, square; a path from the root of the host on. Whoever has it may fetch it.
    async fn avatar_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Side in pixels, 16 to 2000.", default = 96)] size: i32,
    ) -> Result<Option<String>> {
        let picture = Picture::new(self.0.server_id, &self.0.thumb, size, size, 0, Fallback::Avatar);
        picture.map(|picture| Ok(ctx.services()?.images.address(&picture))).transpose()
    }

    /// Their playlists, at most 5000; none where plex.tv has given no token of theirs.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn playlists(&self, ctx: &Context<'_>) -> Result<Vec<LibraryItem>> {
        let found = Box::pin(ctx.services()?.catalogue.playlists_of(ctx.viewer()?, &self.0)).await.gql()?;
        Ok(found.into_iter().map(|item| LibraryItem { server: self.0.server_id, item }).collect())
    }

    /// Still has access to the server.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// Owns the server.
    async fn is_admin(&self) -> bool {
        self.0.is_admin
    }

    /// Belongs to the owner's Plex Home.
    async fn is_home_user(&self) -> bool {
        self.0.is_home_user
    }

    /// May sync to devices.
    async fn is_allow_sync(&self) -> bool {
        self.0.is_allow_sync
    }

    /// Is restricted by the owner.
    async fn is_restricted(&self) -> bool {
        self.0.is_restricted
    }

    /// Whether plex.tv has ever told of the account; what it alone knows is a guess otherwise.
    async fn is_told(&self) -> bool {
        self.0.is_told
    }

    /// Known from imported plays alone: nobody has ever told of them.
    async fn is_stranger(&self) -> bool {
        self.0.is_stranger()
    }

    /// A choice that programs read and write. Nothing here asks for it: notifiers have conditions of their own.
    async fn do_notify(&self) -> bool {
        self.0.do_notify
    }

    /// Plex's filters of what is shared with the user.
    async fn share_filters(&self) -> ShareFilters {
        let server::ShareFilters { all, movies, tv, music, photos } = self.0.share_filters.clone();
        ShareFilters { all, movies, tv, music, photos }
    }

    /// When the user's newest play began; absent for who never played.
    async fn last_seen_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        ctx.loaders()?.user_seen(self.0.id).await.gql()
    }

    /// Plays are kept in the history.
    async fn keep_history(&self) -> bool {
        self.0.keep_history
    }

    /// May sign in here as a guest.
    async fn allow_guest(&self) -> bool {
        self.0.allow_guest
    }

    /// Was deleted here; the plays may still be there.
    async fn deleted(&self) -> bool {
        self.0.deleted
    }

    /// Numbers of the libraries shared with the user.
    async fn shared_sections(&self) -> Vec<Long> {
        self.0.shared_sections.iter().copied().map(Long).collect()
    }

    /// The server.
    async fn server(&self, ctx: &Context<'_>) -> Result<Option<Server>> {
        Ok(ctx.loaders()?.server(self.0.server_id).await.gql()?.map(Server))
    }
}
