//! A library's or item's content as a table.

use super::MediaKind;
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{Long, int, said};
use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use tautulli_domain::{ServerId, media};
use tautulli_services::catalogue::{Played, Row, Table};
use tautulli_services::images::{Fallback, Picture};

/// A page of a table.
pub(crate) struct LibraryTable {
    pub(crate) server: ServerId,
    pub(crate) table: Table,
}

fn count(number: usize) -> Long {
    Long(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A page of a library's content, or of an item's, with formats and plays. What the media server said is kept for a while;
/// `readAt` says since when.
#[Object(serial)]
impl LibraryTable {
    /// The rows of the page.
    async fn rows(&self) -> Vec<LibraryTableRow> {
        let rows = self.table.rows.iter().cloned();
        rows.map(|(row, played)| LibraryTableRow { server: self.server, row, played }).collect()
    }

    /// How many rows there are.
    async fn total_count(&self) -> Long {
        count(self.table.total)
    }

    /// How many rows match.
    async fn filtered_count(&self) -> Long {
        count(self.table.filtered)
    }

    /// Size of everything that matches, in bytes.
    async fn filtered_file_size(&self) -> Long {
        Long(self.table.filtered_size)
    }

    /// Size of this page, in bytes.
    async fn page_file_size(&self) -> Long {
        Long(self.table.page_size)
    }

    /// Whether it is shown as it was read for an earlier question.
    async fn kept(&self) -> bool {
        self.table.kept
    }

    /// When the media server was asked.
    async fn read_at(&self) -> DateTime<Utc> {
        self.table.read_at
    }
}

/// A row of a table.
pub(crate) struct LibraryTableRow {
    server: ServerId,
    row: Row,
    played: Option<Played>,
}

/// An item of a library with the version that its server lists last, and how often it was played.
#[Object(serial)]
impl LibraryTableRow {
    /// What it is.
    async fn kind(&self) -> MediaKind {
        self.row.kind.into()
    }

    /// Plex's key of the item.
    async fn rating_key(&self) -> &str {
        &self.row.rating_key
    }

    /// Key of the season or album.
    async fn parent_rating_key(&self) -> Option<String> {
        said(&self.row.parent_rating_key)
    }

    /// Key of the show or artist.
    async fn grandparent_rating_key(&self) -> Option<String> {
        said(&self.row.grandparent_rating_key)
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// The title that it is sorted by.
    async fn sort_title(&self) -> &str {
        &self.row.sort_title
    }

    /// Year of release.
    async fn year(&self) -> Option<i32> {
        int(self.row.year)
    }

    /// Number of the season, episode or track.
    async fn index(&self) -> Option<i32> {
        int(self.row.index)
    }

    /// Number of what it is in.
    async fn parent_index(&self) -> Option<i32> {
        int(self.row.parent_index)
    }

    /// Path of its picture.
    async fn thumb(&self) -> Option<String> {
        said(&self.row.thumb)
    }

    /// Where this service offers the picture, scaled to fill the box; a path from the root of the host on.
    async fn poster_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Width in pixels, 16 to 2000.", default = 80)] width: i32,
        #[graphql(desc = "Height in pixels, 16 to 2000.", default = 120)] height: i32,
    ) -> Result<Option<String>> {
        use media::MediaKind::{Album, Artist, Track};
        let is_square = matches!(self.row.kind, Track | Album | Artist);
        let fallback = if is_square { Fallback::Cover } else { Fallback::Poster };
        let picture = Picture::new(self.server, &self.row.thumb, width, height, 0, fallback);
        picture.map(|picture| Ok(ctx.services()?.images.address(&picture))).transpose()
    }

    /// When it came into the library.
    async fn added_at(&self) -> Option<DateTime<Utc>> {
        self.row.added_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0))
    }

    /// Container format.
    async fn container(&self) -> Option<String> {
        said(&self.row.container)
    }

    /// Bitrate in kbit/s.
    async fn bitrate(&self) -> Option<i32> {
        int(self.row.bitrate)
    }

    /// Codec of the picture.
    async fn video_codec(&self) -> Option<String> {
        said(&self.row.video_codec)
    }

    /// Resolution without the scan letter (1080, sd, 4k).
    async fn video_resolution(&self) -> Option<String> {
        said(&self.row.video_resolution)
    }

    /// Frame rate as a name (24p, PAL).
    async fn video_framerate(&self) -> Option<String> {
        said(&self.row.video_framerate)
    }

    /// Codec of the sound.
    async fn audio_codec(&self) -> Option<String> {
        said(&self.row.audio_codec)
    }

    /// Channels of the sound.
    async fn audio_channels(&self) -> Option<i32> {
        int(self.row.audio_channels)
    }

    /// Size of the file in bytes.
    async fn file_size(&self) -> Option<Long> {
        self.row.file_size.map(Long)
    }

    /// How often it was played; a play and its resumptions count once. A guest's own plays only.
    async fn plays(&self) -> Option<Long> {
        self.played.map(|played| Long(played.plays))
    }

    /// When its newest play began.
    async fn last_played_at(&self) -> Option<DateTime<Utc>> {
        self.played.map(|played| played.last_at)
    }
}
