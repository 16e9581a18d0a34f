//! An item as its library has it now: its facts, every file with every track, and what sets of items say of themselves.

use super::{AudioTrack, ItemSnapshot, MediaVersion, SubtitleTrack, VideoTrack};

/// An item of a library. List rows lack tracks, and what only parents know.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LibraryItem {
    pub snapshot: ItemSnapshot,
    /// Every file of every version.
    pub files: Vec<MediaFile>,
    /// Children: seasons, albums, members.
    pub child_count: Option<i64>,
    /// Leaves: episodes, tracks, photos.
    pub leaf_count: Option<i64>,
    /// Plex's number of what an extra is (1 is a trailer).
    pub extra_type: Option<i64>,
    /// What a collection or playlist says of itself.
    pub set: Option<ItemSet>,
}

/// One file of a version, with all that is in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MediaFile {
    /// The version, with the tracks that the server would choose.
    pub version: MediaVersion,
    pub selected: bool,
    /// In the server's order.
    pub tracks: Vec<MediaTrack>,
}

/// A track of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaTrack {
    /// The server would choose it.
    pub selected: bool,
    pub content: TrackContent,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TrackContent {
    Video(Box<VideoTrack>),
    Audio(AudioTrack),
    Subtitle(SubtitleTrack),
}

/// A collection or a playlist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemSet {
    /// Filled by a rule rather than by hand.
    pub smart: bool,
    /// `video`, `audio` or `photo`; of playlists only.
    pub playlist_type: String,
    /// Path of the picture made of the members' pictures.
    pub composite: String,
    pub min_year: Option<i64>,
    pub max_year: Option<i64>,
    /// Plex's number of how a collection is shown in its library; -1 is the library's default.
    pub mode: Option<i64>,
    /// Plex's number of how a collection is sorted; 0 is by release.
    pub sort: Option<i64>,
    /// Shown on the home screen.
    pub published: bool,
}

impl LibraryItem {
    /// The versions, one for each file.
    pub fn versions(&self) -> Vec<MediaVersion> {
        self.files.iter().map(|file| file.version.clone()).collect()
    }

    /// The first file of the version that stands last: the one that tables tell of.
    pub fn told_file(&self) -> Option<&MediaFile> {
        let last = &self.files.last()?.version.media_id;
        self.files.iter().find(|file| file.version.media_id == *last)
    }
}
