//! An item as it was when somebody played it. Renaming it in Plex never changes what is kept here (HIS-05).

use super::{Marker, MarkerKind, MediaKind};
use serde::{Deserialize, Serialize};

/// What makes an item the same item for ever: its guid, or the rating key where a server gives none (HIS-08).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemIdentity(pub String);

/// The channel and the slot of a live programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Airing {
    /// The tuner session's uuid, for as long as it is watched.
    pub uuid: String,
    pub channel_call_sign: String,
    pub channel_id: String,
    pub channel_identifier: String,
    pub channel_title: String,
    pub channel_thumb: String,
    pub channel_vcn: String,
    /// Unix seconds.
    pub begins_at: Option<i64>,
    /// Unix seconds.
    pub ends_at: Option<i64>,
    /// The guide that knows the programme.
    pub epg_identifier: String,
}

/// An item's facts. Empty text means that Plex said nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemSnapshot {
    pub kind: MediaKind,
    /// Plex's `subtype` (trailer, preroll …).
    pub subtype: String,
    /// Keys that the server recycles; numbers for library items, other text for cloud content.
    pub rating_key: String,
    pub parent_rating_key: String,
    pub grandparent_rating_key: String,
    pub guid: String,
    pub parent_guid: String,
    pub grandparent_guid: String,
    pub section_id: Option<i64>,
    pub library_name: String,
    pub title: String,
    pub parent_title: String,
    pub grandparent_title: String,
    pub original_title: String,
    pub sort_title: String,
    pub edition_title: String,
    pub slug: String,
    pub parent_slug: String,
    pub grandparent_slug: String,
    /// Episode or track number.
    pub index: Option<i64>,
    /// Season or disc number.
    pub parent_index: Option<i64>,
    pub year: Option<i64>,
    pub parent_year: Option<i64>,
    pub grandparent_year: Option<i64>,
    pub thumb: String,
    pub parent_thumb: String,
    pub grandparent_thumb: String,
    pub art: String,
    pub banner: String,
    /// `YYYY-MM-DD`, as Plex says it.
    pub originally_available_at: String,
    /// Unix seconds.
    pub added_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub last_viewed_at: Option<i64>,
    pub studio: String,
    pub content_rating: String,
    pub summary: String,
    pub tagline: String,
    pub rating: String,
    pub rating_image: String,
    pub audience_rating: String,
    pub audience_rating_image: String,
    pub user_rating: String,
    pub duration_ms: Option<i64>,
    pub directors: Vec<String>,
    pub writers: Vec<String>,
    pub actors: Vec<String>,
    pub genres: Vec<String>,
    pub labels: Vec<String>,
    pub collections: Vec<String>,
    /// External ids (`imdb://…`).
    pub guids: Vec<String>,
    pub parent_guids: Vec<String>,
    pub grandparent_guids: Vec<String>,
    pub markers: Vec<Marker>,
    pub children_count: Option<i64>,
    pub live: bool,
    /// Cloud content of Plex's own channels and providers.
    pub provider: bool,
    pub airing: Option<Airing>,
}

impl ItemSnapshot {
    /// The lasting identity: the guid, else `key:<rating key>`.
    pub fn identity(&self) -> ItemIdentity {
        if self.guid.is_empty() {
            ItemIdentity(format!("key:{}", self.rating_key))
        } else {
            ItemIdentity(self.guid.clone())
        }
    }

    /// `Show - Episode`, `Track - Artist` (the track's own artist where it has one), or the title.
    pub fn full_title(&self) -> String {
        match self.kind {
            MediaKind::Episode if !self.grandparent_title.is_empty() => {
                format!("{} - {}", self.grandparent_title, self.title)
            }
            MediaKind::Track if !self.original_title.is_empty() => {
                format!("{} - {}", self.title, self.original_title)
            }
            MediaKind::Track if !self.grandparent_title.is_empty() => {
                format!("{} - {}", self.title, self.grandparent_title)
            }
            _ => self.title.clone(),
        }
    }

    /// The picture that stands for a play: the season's (or show's) for an episode, the item's own otherwise.
    pub fn poster(&self) -> &str {
        let candidates = if self.kind == MediaKind::Episode {
            [&self.parent_thumb, &self.grandparent_thumb, &self.thumb]
        } else {
            [&self.thumb, &self.parent_thumb, &self.grandparent_thumb]
        };
        candidates.into_iter().find(|t| !t.is_empty()).map_or("", String::as_str)
    }

    /// Whether Plex's own theme music plays behind a menu (ACT-20).
    pub fn is_theme_music(&self) -> bool {
        self.kind == MediaKind::Track && self.guid.starts_with("library://")
    }

    /// A numeric rating key, which only items of a library have.
    pub fn numeric_key(&self) -> Option<i64> {
        self.rating_key.parse().ok()
    }

    /// Where the credits start that decide "watched": the first ones, and the final ones.
    pub fn credits(&self) -> (Option<i64>, Option<i64>) {
        let credits = || self.markers.iter().filter(|m| m.kind == MarkerKind::Credits);
        let first = credits().find(|m| m.first).or_else(|| credits().min_by_key(|m| m.start_ms));
        (first.map(|m| m.start_ms), credits().find(|m| m.last).map(|m| m.start_ms))
    }
}
