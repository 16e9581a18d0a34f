//! The closed set of things that a media server holds.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an item is. Whatever we do not know is `Other`, never an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Movie,
    Show,
    Season,
    Episode,
    Artist,
    Album,
    Track,
    Clip,
    Photo,
    PhotoAlbum,
    Collection,
    Playlist,
    #[default]
    Other,
}

impl MediaKind {
    const NAMES: [(Self, &'static str); 13] = [
        (Self::Movie, "movie"),
        (Self::Show, "show"),
        (Self::Season, "season"),
        (Self::Episode, "episode"),
        (Self::Artist, "artist"),
        (Self::Album, "album"),
        (Self::Track, "track"),
        (Self::Clip, "clip"),
        (Self::Photo, "photo"),
        (Self::PhotoAlbum, "photo_album"),
        (Self::Collection, "collection"),
        (Self::Playlist, "playlist"),
        (Self::Other, "other"),
    ];

    /// Reads Plex's `type`; unknown names are `Other`.
    pub fn parse(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, known)| *known == name).map_or(Self::Other, |(kind, _)| *kind)
    }

    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    /// Whether plays of this kind go into the history (HIS-01: clips, trailers, extras and photos do not).
    pub fn is_recorded(self) -> bool {
        matches!(self, Self::Movie | Self::Episode | Self::Track)
    }

    /// Whether it is watched rather than heard.
    pub fn is_video(self) -> bool {
        matches!(self, Self::Movie | Self::Episode | Self::Clip)
    }
}

impl fmt::Display for MediaKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
