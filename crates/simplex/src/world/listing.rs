//! Owns what is not an item: sections, playlists, channels, programmes and sync orders, as they stand in a world file.

use serde::{Deserialize, Serialize};

use super::ItemKind;

/// A library section. `kind` is movie, show, artist or photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: u64,
    #[serde(rename = "type")]
    pub kind: ItemKind,
    pub title: String,
    pub agent: String,
    pub scanner: String,
    pub uuid: String,
    /// Location id and path.
    pub locations: Vec<(u64, String)>,
    #[serde(default = "english")]
    pub language: String,
    #[serde(default)]
    pub created_at: i64,
    #[serde(default)]
    pub updated_at: i64,
    #[serde(default)]
    pub scanned_at: i64,
    #[serde(default)]
    pub content_changed_at: i64,
    #[serde(default)]
    pub hidden: u8,
    /// Top-level item keys.
    #[serde(default)]
    pub roots: Vec<u64>,
    #[serde(default)]
    pub collections: Vec<u64>,
}

fn english() -> String {
    "en-US".to_owned()
}

impl Section {
    /// The kind of its top-level items.
    #[must_use]
    pub fn top_kind(&self) -> ItemKind {
        if self.kind == ItemKind::Photo { ItemKind::PhotoAlbum } else { self.kind }
    }
}

/// `kind` is video, audio or photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playlist {
    pub rating_key: u64,
    pub title: String,
    pub kind: String,
    pub smart: bool,
    pub owner_id: u64,
    pub items: Vec<u64>,
    #[serde(default)]
    pub added_at: i64,
    #[serde(default)]
    pub updated_at: i64,
    #[serde(default)]
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    pub id: String,
    pub call_sign: String,
    pub title: String,
    pub vcn: String,
    pub thumb: String,
}

/// A live TV programme: not in the library. `kind` is episode or movie, `duration` milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    pub rating_key: u64,
    pub guid: String,
    pub kind: String,
    pub title: String,
    pub show: Option<String>,
    pub index: Option<i64>,
    pub parent_index: Option<i64>,
    pub year: Option<i64>,
    pub summary: String,
    pub duration: i64,
    pub channel_id: String,
    #[serde(default)]
    pub content_rating: Option<String>,
    #[serde(default)]
    pub thumb: Option<String>,
}

impl Programme {
    /// The guid of the show it belongs to.
    #[must_use]
    pub fn show_guid(&self) -> String {
        let tail = self.guid.rsplit('/').next().unwrap_or_default();
        format!("plex://show/{}", tail.chars().rev().collect::<String>())
    }
}

/// An order to keep items on a phone. Sizes in bytes, bit rates in kbit/s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncItem {
    pub sync_id: u64,
    pub client_id: String,
    pub user_id: u64,
    pub rating_key: u64,
    pub title: String,
    pub root_title: String,
    pub metadata_type: String,
    pub content_type: String,
    pub items_count: u64,
    pub items_complete: u64,
    pub items_downloaded: u64,
    pub items_ready: u64,
    pub items_successful: u64,
    pub total_size: u64,
    pub state: String,
    #[serde(default)]
    pub version: u64,
    #[serde(default = "hundred")]
    pub video_quality: u64,
    #[serde(default = "hundred")]
    pub audio_quality: u64,
    #[serde(default = "four_thousand")]
    pub max_bitrate: u64,
}

fn hundred() -> u64 {
    100
}

fn four_thousand() -> u64 {
    4000
}
