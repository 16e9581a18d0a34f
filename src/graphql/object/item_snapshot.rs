//! An item as it was when it was played or last seen.

use super::enums::MediaKind;
use super::item_parts::{Airing, Marker, time};
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{Duration, int, told};
use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tautulli_domain::{ServerId, media};
use tautulli_services::images::{Fallback, Picture};

/// An item as it was when it was played or last seen.
#[derive(Debug, Clone)]
pub(crate) struct ItemSnapshot {
    server: ServerId,
    item: Arc<media::ItemSnapshot>,
}

impl ItemSnapshot {
    /// The facts of an item of a server.
    pub(crate) fn of(server: ServerId, item: Arc<media::ItemSnapshot>) -> Self {
        Self { server, item }
    }
}

/// An item as it was when it was played or last seen.
#[Object(serial)]
impl ItemSnapshot {
    /// What it is.
    async fn kind(&self) -> MediaKind {
        self.item.kind.into()
    }

    /// Plex's finer word for clips (trailer, preroll …).
    async fn subtype(&self) -> Option<&str> {
        told(&self.item.subtype)
    }

    /// Plex's key of the item. Servers recycle keys; a number for library items.
    async fn rating_key(&self) -> Option<&str> {
        told(&self.item.rating_key)
    }

    /// Key of the season or album.
    async fn parent_rating_key(&self) -> Option<&str> {
        told(&self.item.parent_rating_key)
    }

    /// Key of the show or artist.
    async fn grandparent_rating_key(&self) -> Option<&str> {
        told(&self.item.grandparent_rating_key)
    }

    /// Plex's lasting identifier.
    async fn guid(&self) -> Option<&str> {
        told(&self.item.guid)
    }

    /// Identifier of the season or album.
    async fn parent_guid(&self) -> Option<&str> {
        told(&self.item.parent_guid)
    }

    /// Identifier of the show or artist.
    async fn grandparent_guid(&self) -> Option<&str> {
        told(&self.item.grandparent_guid)
    }

    /// Plex's number of the library; 999999 for live TV.
    async fn section_id(&self) -> Option<i32> {
        int(self.item.section_id)
    }

    /// Name of the library, or of the provider of cloud content.
    async fn library_name(&self) -> Option<&str> {
        told(&self.item.library_name)
    }

    /// Show and episode, track and artist, or the title.
    async fn full_title(&self) -> String {
        self.item.full_title()
    }

    /// Its own title.
    async fn title(&self) -> Option<&str> {
        told(&self.item.title)
    }

    /// Title of the season or album.
    async fn parent_title(&self) -> Option<&str> {
        told(&self.item.parent_title)
    }

    /// Title of the show or artist.
    async fn grandparent_title(&self) -> Option<&str> {
        told(&self.item.grandparent_title)
    }

    /// Title in the original language, or the artist of a track.
    async fn original_title(&self) -> Option<&str> {
        told(&self.item.original_title)
    }

    /// Title that lists are sorted by.
    async fn sort_title(&self) -> Option<&str> {
        told(&self.item.sort_title)
    }

    /// Name of the edition.
    async fn edition_title(&self) -> Option<&str> {
        told(&self.item.edition_title)
    }

    /// Part of Plex's web address.
    async fn slug(&self) -> Option<&str> {
        told(&self.item.slug)
    }

    /// Slug of the season or album.
    async fn parent_slug(&self) -> Option<&str> {
        told(&self.item.parent_slug)
    }

    /// Slug of the show or artist.
    async fn grandparent_slug(&self) -> Option<&str> {
        told(&self.item.grandparent_slug)
    }

    /// Number of the episode or track.
    async fn index(&self) -> Option<i32> {
        int(self.item.index)
    }

    /// Number of the season or disc.
    async fn parent_index(&self) -> Option<i32> {
        int(self.item.parent_index)
    }

    /// Year of release.
    async fn year(&self) -> Option<i32> {
        int(self.item.year)
    }

    /// Year of the season or album.
    async fn parent_year(&self) -> Option<i32> {
        int(self.item.parent_year)
    }

    /// Year of the show or artist.
    async fn grandparent_year(&self) -> Option<i32> {
        int(self.item.grandparent_year)
    }

    /// Path of the picture that stands for a play of it.
    async fn poster(&self) -> Option<&str> {
        told(self.item.poster())
    }

    /// Path of its own picture.
    async fn thumb(&self) -> Option<&str> {
        told(&self.item.thumb)
    }

    /// Path of the season's or album's picture.
    async fn parent_thumb(&self) -> Option<&str> {
        told(&self.item.parent_thumb)
    }

    /// Path of the show's or artist's picture.
    async fn grandparent_thumb(&self) -> Option<&str> {
        told(&self.item.grandparent_thumb)
    }

    /// Path of the background.
    async fn art(&self) -> Option<&str> {
        told(&self.item.art)
    }

    /// Path of the banner.
    async fn banner(&self) -> Option<&str> {
        told(&self.item.banner)
    }

    /// Day of release, YYYY-MM-DD.
    async fn originally_available_at(&self) -> Option<&str> {
        told(&self.item.originally_available_at)
    }

    /// When it came into the library.
    async fn added_at(&self) -> Option<DateTime<Utc>> {
        time(self.item.added_at)
    }

    /// When its facts changed last.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        time(self.item.updated_at)
    }

    /// When it was viewed last, as the server said then.
    async fn last_viewed_at(&self) -> Option<DateTime<Utc>> {
        time(self.item.last_viewed_at)
    }

    /// Studio or network.
    async fn studio(&self) -> Option<&str> {
        told(&self.item.studio)
    }

    /// Age rating.
    async fn content_rating(&self) -> Option<&str> {
        told(&self.item.content_rating)
    }

    /// What it is about.
    async fn summary(&self) -> Option<&str> {
        told(&self.item.summary)
    }

    /// Its tagline.
    async fn tagline(&self) -> Option<&str> {
        told(&self.item.tagline)
    }

    /// Critics' rating.
    async fn rating(&self) -> Option<&str> {
        told(&self.item.rating)
    }

    /// Where the critics' rating comes from.
    async fn rating_image(&self) -> Option<&str> {
        told(&self.item.rating_image)
    }

    /// Audience's rating.
    async fn audience_rating(&self) -> Option<&str> {
        told(&self.item.audience_rating)
    }

    /// Where the audience's rating comes from.
    async fn audience_rating_image(&self) -> Option<&str> {
        told(&self.item.audience_rating_image)
    }

    /// The owner's rating.
    async fn user_rating(&self) -> Option<&str> {
        told(&self.item.user_rating)
    }

    /// How long it lasts.
    async fn duration(&self) -> Option<Duration> {
        self.item.duration_ms.map(Duration)
    }

    /// Directors.
    async fn directors(&self) -> &[String] {
        &self.item.directors
    }

    /// Writers.
    async fn writers(&self) -> &[String] {
        &self.item.writers
    }

    /// Actors.
    async fn actors(&self) -> &[String] {
        &self.item.actors
    }

    /// Genres.
    async fn genres(&self) -> &[String] {
        &self.item.genres
    }

    /// Labels of the library's owner.
    async fn labels(&self) -> &[String] {
        &self.item.labels
    }

    /// Collections it is in.
    async fn collections(&self) -> &[String] {
        &self.item.collections
    }

    /// Identifiers elsewhere (imdb://…).
    async fn guids(&self) -> &[String] {
        &self.item.guids
    }

    /// The season's or album's identifiers elsewhere.
    async fn parent_guids(&self) -> &[String] {
        &self.item.parent_guids
    }

    /// The show's or artist's identifiers elsewhere.
    async fn grandparent_guids(&self) -> &[String] {
        &self.item.grandparent_guids
    }

    /// Intros, commercials, credits.
    async fn markers(&self) -> Vec<Marker> {
        self.item.markers.iter().map(Into::into).collect()
    }

    /// How many seasons, episodes, albums or tracks it has.
    async fn children_count(&self) -> Option<i32> {
        int(self.item.children_count)
    }

    /// On air rather than in a library.
    async fn live(&self) -> bool {
        self.item.live
    }

    /// Channel and slot of a live programme.
    async fn airing(&self) -> Option<Airing> {
        self.item.airing.as_ref().map(Into::into)
    }

    /// Where this service offers the picture that stands for a play of it, scaled to fill the box; a path from the root of the
    /// host on. Whoever has it may fetch it.
    async fn poster_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Width in pixels, 16 to 2000.", default = 300)] width: i32,
        #[graphql(desc = "Height in pixels, 16 to 2000.", default = 450)] height: i32,
    ) -> Result<Option<String>> {
        let is_square = matches!(
            self.item.kind,
            media::MediaKind::Track | media::MediaKind::Album | media::MediaKind::Artist
        );
        let fallback = if is_square { Fallback::Cover } else { Fallback::Poster };
        let source = self.item.poster();
        let picture = Picture::new(self.server, source, width, height, 0, fallback);
        picture.map(|picture| Ok(ctx.services()?.images.address(&picture))).transpose()
    }

    /// Where this service offers the background, as `posterUrl` does.
    async fn art_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Width in pixels, 16 to 2000.", default = 1280)] width: i32,
        #[graphql(desc = "Height in pixels, 16 to 2000.", default = 720)] height: i32,
        #[graphql(desc = "Radius of a blur, 0 to 100.", default = 0)] blur: i32,
    ) -> Result<Option<String>> {
        let source = &self.item.art;
        let picture = Picture::new(self.server, source, width, height, blur, Fallback::Art);
        picture.map(|picture| Ok(ctx.services()?.images.address(&picture))).transpose()
    }
}
