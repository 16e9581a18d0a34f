//! Owns library items and their files: records as they stand in a world file, with look-ups on themselves only.

use serde::{Deserialize, Serialize};

use super::{Chapter, Marker, Media, Tag};

/// What an item is. `PhotoAlbum` is a `photo` Directory on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
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
}

impl ItemKind {
    const ALL: [Self; 11] = [
        Self::Movie,
        Self::Show,
        Self::Season,
        Self::Episode,
        Self::Artist,
        Self::Album,
        Self::Track,
        Self::Clip,
        Self::Photo,
        Self::PhotoAlbum,
        Self::Collection,
    ];

    /// The integer Plex uses for the type in queries and timeline messages.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::Movie => 1,
            Self::Show => 2,
            Self::Season => 3,
            Self::Episode => 4,
            Self::Artist => 8,
            Self::Album => 9,
            Self::Track => 10,
            Self::Clip => 12,
            Self::Photo => 13,
            Self::PhotoAlbum => 14,
            Self::Collection => 18,
        }
    }

    /// The kind of a type code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let code: u32 = code.parse().ok()?;
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name in a world file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PhotoAlbum => "photo_album",
            other => other.wire(),
        }
    }

    /// The `type` attribute.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Movie => "movie",
            Self::Show => "show",
            Self::Season => "season",
            Self::Episode => "episode",
            Self::Artist => "artist",
            Self::Album => "album",
            Self::Track => "track",
            Self::Clip => "clip",
            Self::Photo | Self::PhotoAlbum => "photo",
            Self::Collection => "collection",
        }
    }

    /// Whether a session can play it.
    #[must_use]
    pub fn is_playable(self) -> bool {
        matches!(self, Self::Movie | Self::Episode | Self::Track | Self::Clip | Self::Photo)
    }
}

/// A library item of any kind. Stamps are unix seconds, durations milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub rating_key: u64,
    #[serde(rename = "type")]
    pub kind: ItemKind,
    pub section_id: u64,
    pub guid: String,
    pub title: String,
    #[serde(flatten)]
    pub about: About,
    #[serde(flatten)]
    pub tags: Tags,
    #[serde(flatten)]
    pub place: Place,
    #[serde(default)]
    pub markers: Vec<Marker>,
    #[serde(default)]
    pub chapters: Vec<Chapter>,
    #[serde(default)]
    pub media: Vec<Media>,
}

/// Where an item stands among others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub index: Option<i64>,
    pub parent_key: Option<u64>,
    pub grandparent_key: Option<u64>,
    pub children: Vec<u64>,
    pub extras: Vec<u64>,
    /// Folder of shows and artists.
    pub location: Option<String>,
    pub skip_parent: bool,
}

/// What an item says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    pub title_sort: Option<String>,
    pub original_title: Option<String>,
    /// imdb://, tmdb://, tvdb://, mbid://
    pub guids: Vec<String>,
    pub slug: Option<String>,
    pub year: Option<i64>,
    pub originally_available_at: Option<String>,
    pub added_at: i64,
    pub updated_at: Option<i64>,
    pub duration: Option<i64>,
    pub summary: String,
    pub tagline: Option<String>,
    pub studio: Option<String>,
    pub content_rating: Option<String>,
    pub rating: Option<String>,
    pub rating_image: Option<String>,
    pub audience_rating: Option<String>,
    pub audience_rating_image: Option<String>,
    pub user_rating: Option<String>,
    pub view_count: i64,
    pub last_viewed_at: Option<i64>,
    pub view_offset: Option<i64>,
    pub has_thumb: bool,
    pub has_art: bool,
    pub has_theme: bool,
    /// Clips: 1 trailer, 2 deleted scene, 5 behind the scenes, 10 featurette.
    pub extra_type: Option<i64>,
    /// Clips: trailer, deletedScene... collections: movie, show...
    pub subtype: Option<String>,
}

impl Default for About {
    fn default() -> Self {
        Self {
            title_sort: None,
            original_title: None,
            guids: Vec::new(),
            slug: None,
            year: None,
            originally_available_at: None,
            added_at: 0,
            updated_at: None,
            duration: None,
            summary: String::new(),
            tagline: None,
            studio: None,
            content_rating: None,
            rating: None,
            rating_image: None,
            audience_rating: None,
            audience_rating_image: None,
            user_rating: None,
            view_count: 0,
            last_viewed_at: None,
            view_offset: None,
            has_thumb: true,
            has_art: true,
            has_theme: false,
            extra_type: None,
            subtype: None,
        }
    }
}

/// The tags of an item, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tags {
    pub directors: Vec<Tag>,
    pub writers: Vec<Tag>,
    pub producers: Vec<Tag>,
    pub actors: Vec<Tag>,
    pub genres: Vec<Tag>,
    pub countries: Vec<Tag>,
    pub labels: Vec<Tag>,
    pub collections: Vec<Tag>,
    pub moods: Vec<Tag>,
    pub styles: Vec<Tag>,
}

impl Tags {
    /// The tags of a filter name, as used in library queries.
    #[must_use]
    pub fn of(&self, filter: &str) -> Option<&[Tag]> {
        Some(match filter {
            "director" => &self.directors,
            "writer" => &self.writers,
            "producer" => &self.producers,
            "actor" => &self.actors,
            "genre" => &self.genres,
            "country" => &self.countries,
            "label" => &self.labels,
            "collection" => &self.collections,
            "mood" => &self.moods,
            "style" => &self.styles,
            _ => return None,
        })
    }
}

impl Item {
    /// A bare item.
    #[must_use]
    pub fn new(rating_key: u64, kind: ItemKind, section_id: u64, guid: String, title: String) -> Self {
        Self {
            rating_key,
            kind,
            section_id,
            guid,
            title,
            about: About::default(),
            tags: Tags::default(),
            place: Place::default(),
            markers: Vec::new(),
            chapters: Vec::new(),
            media: Vec::new(),
        }
    }

    /// The stamp in image addresses.
    #[must_use]
    pub fn stamp(&self) -> i64 {
        self.about.updated_at.filter(|at| *at != 0).unwrap_or(self.about.added_at)
    }
}
