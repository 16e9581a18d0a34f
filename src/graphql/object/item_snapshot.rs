//! An item as it was when it was played or last seen.

use super::enums::{MarkerKind, MediaKind};
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{Duration, int, said};
use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::{ServerId, media};
use tautulli_services::images::{Fallback, Picture};

/// An item as it was when it was played or last seen.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ItemSnapshot {
    #[graphql(skip)]
    server: ServerId,
    /// What it is.
    kind: MediaKind,
    /// Plex's finer word for clips (trailer, preroll …).
    subtype: Option<String>,
    /// Plex's key of the item. Servers recycle keys; a number for library items.
    rating_key: Option<String>,
    /// Key of the season or album.
    parent_rating_key: Option<String>,
    /// Key of the show or artist.
    grandparent_rating_key: Option<String>,
    /// Plex's lasting identifier.
    guid: Option<String>,
    /// Identifier of the season or album.
    parent_guid: Option<String>,
    /// Identifier of the show or artist.
    grandparent_guid: Option<String>,
    /// Plex's number of the library; 999999 for live TV.
    section_id: Option<i32>,
    /// Name of the library, or of the provider of cloud content.
    library_name: Option<String>,
    /// Show and episode, track and artist, or the title.
    full_title: String,
    /// Its own title.
    title: Option<String>,
    /// Title of the season or album.
    parent_title: Option<String>,
    /// Title of the show or artist.
    grandparent_title: Option<String>,
    /// Title in the original language, or the artist of a track.
    original_title: Option<String>,
    /// Title that lists are sorted by.
    sort_title: Option<String>,
    /// Name of the edition.
    edition_title: Option<String>,
    /// Part of Plex's web address.
    slug: Option<String>,
    /// Slug of the season or album.
    parent_slug: Option<String>,
    /// Slug of the show or artist.
    grandparent_slug: Option<String>,
    /// Number of the episode or track.
    index: Option<i32>,
    /// Number of the season or disc.
    parent_index: Option<i32>,
    /// Year of release.
    year: Option<i32>,
    /// Year of the season or album.
    parent_year: Option<i32>,
    /// Year of the show or artist.
    grandparent_year: Option<i32>,
    /// Path of the picture that stands for a play of it.
    poster: Option<String>,
    /// Path of its own picture.
    thumb: Option<String>,
    /// Path of the season's or album's picture.
    parent_thumb: Option<String>,
    /// Path of the show's or artist's picture.
    grandparent_thumb: Option<String>,
    /// Path of the background.
    art: Option<String>,
    /// Path of the banner.
    banner: Option<String>,
    /// Day of release, YYYY-MM-DD.
    originally_available_at: Option<String>,
    /// When it came into the library.
    added_at: Option<DateTime<Utc>>,
    /// When its facts changed last.
    updated_at: Option<DateTime<Utc>>,
    /// When it was viewed last, as the server said then.
    last_viewed_at: Option<DateTime<Utc>>,
    /// Studio or network.
    studio: Option<String>,
    /// Age rating.
    content_rating: Option<String>,
    /// What it is about.
    summary: Option<String>,
    /// Its tagline.
    tagline: Option<String>,
    /// Critics' rating.
    rating: Option<String>,
    /// Where the critics' rating comes from.
    rating_image: Option<String>,
    /// Audience's rating.
    audience_rating: Option<String>,
    /// Where the audience's rating comes from.
    audience_rating_image: Option<String>,
    /// The owner's rating.
    user_rating: Option<String>,
    /// How long it lasts.
    duration: Option<Duration>,
    /// Directors.
    directors: Vec<String>,
    /// Writers.
    writers: Vec<String>,
    /// Actors.
    actors: Vec<String>,
    /// Genres.
    genres: Vec<String>,
    /// Labels of the library's owner.
    labels: Vec<String>,
    /// Collections it is in.
    collections: Vec<String>,
    /// Identifiers elsewhere (imdb://…).
    guids: Vec<String>,
    /// The season's or album's identifiers elsewhere.
    parent_guids: Vec<String>,
    /// The show's or artist's identifiers elsewhere.
    grandparent_guids: Vec<String>,
    /// Intros, commercials, credits.
    markers: Vec<Marker>,
    /// How many seasons, episodes, albums or tracks it has.
    children_count: Option<i32>,
    /// On air rather than in a library.
    live: bool,
    /// Channel and slot of a live programme.
    airing: Option<Airing>,
}

impl ItemSnapshot {
    /// The facts of an item of a server.
    pub(crate) fn of(server: ServerId, value: &media::ItemSnapshot) -> Self {
        Self {
            server,
            kind: value.kind.into(),
            subtype: said(&value.subtype),
            rating_key: said(&value.rating_key),
            parent_rating_key: said(&value.parent_rating_key),
            grandparent_rating_key: said(&value.grandparent_rating_key),
            guid: said(&value.guid),
            parent_guid: said(&value.parent_guid),
            grandparent_guid: said(&value.grandparent_guid),
            section_id: int(value.section_id),
            library_name: said(&value.library_name),
            full_title: value.full_title(),
            title: said(&value.title),
            parent_title: said(&value.parent_title),
            grandparent_title: said(&value.grandparent_title),
            original_title: said(&value.original_title),
            sort_title: said(&value.sort_title),
            edition_title: said(&value.edition_title),
            slug: said(&value.slug),
            parent_slug: said(&value.parent_slug),
            grandparent_slug: said(&value.grandparent_slug),
            index: int(value.index),
            parent_index: int(value.parent_index),
            year: int(value.year),
            parent_year: int(value.parent_year),
            grandparent_year: int(value.grandparent_year),
            poster: said(value.poster()),
            thumb: said(&value.thumb),
            parent_thumb: said(&value.parent_thumb),
            grandparent_thumb: said(&value.grandparent_thumb),
            art: said(&value.art),
            banner: said(&value.banner),
            originally_available_at: said(&value.originally_available_at),
            added_at: value.added_at.and_then(|s| DateTime::from_timestamp(s, 0)),
            updated_at: value.updated_at.and_then(|s| DateTime::from_timestamp(s, 0)),
            last_viewed_at: value.last_viewed_at.and_then(|s| DateTime::from_timestamp(s, 0)),
            studio: said(&value.studio),
            content_rating: said(&value.content_rating),
            summary: said(&value.summary),
            tagline: said(&value.tagline),
            rating: said(&value.rating),
            rating_image: said(&value.rating_image),
            audience_rating: said(&value.audience_rating),
            audience_rating_image: said(&value.audience_rating_image),
            user_rating: said(&value.user_rating),
            duration: value.duration_ms.map(Duration),
            directors: value.directors.clone(),
            writers: value.writers.clone(),
            actors: value.actors.clone(),
            genres: value.genres.clone(),
            labels: value.labels.clone(),
            collections: value.collections.clone(),
            guids: value.guids.clone(),
            parent_guids: value.parent_guids.clone(),
            grandparent_guids: value.grandparent_guids.clone(),
            markers: value.markers.iter().map(Into::into).collect(),
            children_count: int(value.children_count),
            live: value.live,
            airing: value.airing.as_ref().map(Into::into),
        }
    }
}

#[ComplexObject]
impl ItemSnapshot {
    /// Where this service offers the picture that stands for a play of it, scaled to fill the box; a path from the root of the
    /// host on. Whoever has it may fetch it.
    async fn poster_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Width in pixels, 16 to 2000.", default = 300)] width: i32,
        #[graphql(desc = "Height in pixels, 16 to 2000.", default = 450)] height: i32,
    ) -> Result<Option<String>> {
        let is_square = matches!(self.kind, MediaKind::Track | MediaKind::Album | MediaKind::Artist);
        let fallback = if is_square { Fallback::Cover } else { Fallback::Poster };
        let source = self.poster.as_deref().unwrap_or_default();
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
        let source = self.art.as_deref().unwrap_or_default();
        let picture = Picture::new(self.server, source, width, height, blur, Fallback::Art);
        picture.map(|picture| Ok(ctx.services()?.images.address(&picture))).transpose()
    }
}

/// A stretch of an item that Plex names.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Marker {
    /// Plex's number of the marker.
    marker_id: Option<i32>,
    /// What it is.
    kind: MarkerKind,
    /// Where it begins.
    start: Duration,
    /// Where it ends.
    end: Duration,
    /// The first of its kind in the item.
    first: bool,
    /// The credits after which nothing follows.
    last: bool,
}

impl From<&media::Marker> for Marker {
    fn from(value: &media::Marker) -> Self {
        Self {
            marker_id: int(value.id),
            kind: value.kind.into(),
            start: Duration(value.start_ms),
            end: Duration(value.end_ms),
            first: value.first,
            last: value.last,
        }
    }
}

/// The channel and the slot of a live programme.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Airing {
    /// Plex's id of the tuner's session.
    uuid: Option<String>,
    /// Call sign of the channel.
    channel_call_sign: Option<String>,
    /// Plex's id of the channel.
    channel_id: Option<String>,
    /// Number of the channel as the tuner knows it.
    channel_identifier: Option<String>,
    /// Name of the channel.
    channel_title: Option<String>,
    /// Picture of the channel.
    channel_thumb: Option<String>,
    /// Virtual channel number.
    channel_vcn: Option<String>,
    /// When the programme begins.
    begins_at: Option<DateTime<Utc>>,
    /// When the programme ends.
    ends_at: Option<DateTime<Utc>>,
    /// The guide that knows it.
    epg_identifier: Option<String>,
}

impl From<&media::Airing> for Airing {
    fn from(value: &media::Airing) -> Self {
        let time = |seconds: Option<i64>| seconds.and_then(|s| DateTime::from_timestamp(s, 0));
        Self {
            uuid: said(&value.uuid),
            channel_call_sign: said(&value.channel_call_sign),
            channel_id: said(&value.channel_id),
            channel_identifier: said(&value.channel_identifier),
            channel_title: said(&value.channel_title),
            channel_thumb: said(&value.channel_thumb),
            channel_vcn: said(&value.channel_vcn),
            begins_at: time(value.begins_at),
            ends_at: time(value.ends_at),
            epg_identifier: said(&value.epg_identifier),
        }
    }
}
