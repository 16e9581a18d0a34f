//! An item as its library has it now.

use super::media_version::{AudioTrack, MediaVersion, SubtitleTrack, VideoTrack};
use super::{ItemSnapshot, LibraryTable, MediaItem};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::input::TableInput;
use crate::graphql::scalar::{int, said};
use async_graphql::{Context, Object, Result, SimpleObject, Union};
use std::sync::Arc;
use tautulli_domain::{ServerId, media};
use tautulli_services::ItemKey;

/// An item as its library has it now.
pub(crate) struct LibraryItem {
    pub(crate) server: ServerId,
    pub(crate) item: media::LibraryItem,
}

/// An item as its library has it now, asked of the media server. `MediaItem` is the same item as the history knows it.
#[Object]
impl LibraryItem {
    /// Its facts. Rows of lists lack what only parents know.
    async fn facts(&self) -> ItemSnapshot {
        ItemSnapshot::of(self.server, Arc::new(self.item.snapshot.clone()))
    }

    /// Every file of every version.
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<MediaFile>> {
        let admin = ctx.viewer()?.is_admin();
        Ok(self.item.files.iter().map(|file| MediaFile::of(file, admin)).collect())
    }

    /// How many children it has: seasons, albums, members of a collection.
    async fn child_count(&self) -> Option<i32> {
        int(self.item.child_count)
    }

    /// How many episodes, tracks or photos it has.
    async fn leaf_count(&self) -> Option<i32> {
        int(self.item.leaf_count)
    }

    /// Plex's number of what an extra is; 1 is a trailer.
    async fn extra_type(&self) -> Option<i32> {
        int(self.item.extra_type)
    }

    /// What a collection or playlist says of itself; absent for everything else.
    async fn set(&self) -> Option<ItemSet> {
        self.item.set.as_ref().map(ItemSet::of)
    }

    /// What it consists of, in the server's order, at most 5000: seasons, episodes, albums, tracks, members.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<LibraryItem>> {
        let (server, services) = (self.server, ctx.services()?);
        let found = Box::pin(services.catalogue.children(ctx.viewer()?, server, &self.item)).await.gql()?;
        Ok(found.into_iter().map(|item| LibraryItem { server, item }).collect())
    }

    /// Its children as a table, with formats and plays.
    #[graphql(complexity = "10 + 2 * child_complexity")]
    async fn table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rows, in which order.")] input: Option<TableInput>,
    ) -> Result<LibraryTable> {
        let (query, fresh) = input.unwrap_or_default().into_domain()?;
        let (server, catalogue) = (self.server, &ctx.services()?.catalogue);
        let table =
            Box::pin(catalogue.item_table(ctx.viewer()?, server, &self.item, &query, fresh)).await.gql()?;
        Ok(LibraryTable { server, table })
    }

    /// The same item as the history knows it; absent if it was never played.
    #[graphql(complexity = "10 + child_complexity")]
    async fn media_item(&self, ctx: &Context<'_>) -> Result<Option<MediaItem>> {
        let key = ItemKey::Guid(self.item.snapshot.identity().0);
        let found = Box::pin(ctx.services()?.items.find(ctx.viewer()?, self.server, &key)).await.gql()?;
        Ok(found.map(MediaItem::of))
    }
}

/// A file of a version, with every track in it.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct MediaFile {
    /// The version that it belongs to, with the tracks that the server would choose. Parts of one version share its
    /// `mediaId`.
    version: MediaVersion,
    /// The server would choose it.
    selected: bool,
    /// Everything that is in it, in the server's order. Empty in rows of lists.
    tracks: Vec<MediaTrack>,
}

impl MediaFile {
    fn of(file: &media::MediaFile, admin: bool) -> Self {
        let version = MediaVersion::from(&file.version);
        Self {
            version: if admin { version } else { version.without_paths() },
            selected: file.selected,
            tracks: file.tracks.iter().map(MediaTrack::of).collect(),
        }
    }
}

/// A track of a file.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct MediaTrack {
    /// The server would choose it.
    selected: bool,
    /// What it is.
    content: TrackContent,
}

/// What a track of a file is.
#[derive(Union)]
pub(crate) enum TrackContent {
    Video(Box<VideoTrack>),
    Audio(AudioTrack),
    Subtitle(SubtitleTrack),
}

impl MediaTrack {
    fn of(track: &media::MediaTrack) -> Self {
        let content = match &track.content {
            media::TrackContent::Video(video) => TrackContent::Video(Box::new((&**video).into())),
            media::TrackContent::Audio(audio) => TrackContent::Audio(audio.into()),
            media::TrackContent::Subtitle(subtitle) => TrackContent::Subtitle(subtitle.into()),
        };
        Self { selected: track.selected, content }
    }
}

/// What a collection or playlist says of itself.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct ItemSet {
    /// Filled by a rule rather than by hand.
    smart: bool,
    /// video, audio or photo; of playlists only.
    playlist_type: Option<String>,
    /// Path of the picture made of the members' pictures.
    composite: Option<String>,
    /// Year of the oldest member.
    min_year: Option<i32>,
    /// Year of the newest member.
    max_year: Option<i32>,
    /// Plex's number of how a collection is shown in its library; absent is the library's default.
    mode: Option<i32>,
    /// Plex's number of how a collection is sorted; absent is by release.
    sort: Option<i32>,
    /// Shown on the home screen of its server.
    published: bool,
}

impl ItemSet {
    fn of(set: &media::ItemSet) -> Self {
        Self {
            smart: set.smart,
            playlist_type: said(&set.playlist_type),
            composite: said(&set.composite),
            min_year: int(set.min_year),
            max_year: int(set.max_year),
            mode: int(set.mode),
            sort: int(set.sort),
            published: set.published,
        }
    }
}

/// What a search found of one kind.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct SearchGroup {
    /// The kind.
    pub(crate) kind: super::MediaKind,
    /// What was found, the best first.
    pub(crate) items: Vec<LibraryItem>,
}
