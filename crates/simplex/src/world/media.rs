//! Owns what items consist of: versions, files, streams, tags, markers and chapters, as they stand in a world file.

use serde::{Deserialize, Serialize};

use super::Attributes;

/// A tag of an item: genre, director, writer, actor, label, collection, country...
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    pub id: u64,
    pub tag: String,
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub thumb: Option<String>,
    #[serde(default)]
    pub tag_key: Option<String>,
}

/// One stream of a part. `kind`: 1 video, 2 audio, 3 subtitle, 4 lyrics; `attrs` has the rest under its Plex names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    pub id: u64,
    pub kind: u8,
    pub codec: String,
    #[serde(default)]
    pub attrs: Attributes,
}

impl Stream {
    pub const VIDEO: u8 = 1;
    pub const AUDIO: u8 = 2;
    pub const SUBTITLE: u8 = 3;
    pub const LYRICS: u8 = 4;

    /// An attribute by its Plex name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.get(name)
    }

    /// Whether the server would choose it by itself.
    #[must_use]
    pub fn is_selected(&self) -> bool {
        self.get("selected") == Some("1")
    }

    /// Whether its transfer function is one of high dynamic range.
    #[must_use]
    pub fn is_hdr(&self) -> bool {
        matches!(self.get("colorTrc"), Some("smpte2084" | "arib-std-b67"))
    }
}

/// A file. `size` in bytes, `duration` in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub id: u64,
    pub key: String,
    pub file: String,
    pub size: i64,
    pub container: String,
    #[serde(default)]
    pub duration: Option<i64>,
    #[serde(default)]
    pub attrs: Attributes,
    #[serde(default)]
    pub streams: Vec<Stream>,
}

/// One version of an item. `duration` in milliseconds, `bitrate` in kbit/s.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Media {
    pub id: u64,
    pub container: String,
    pub duration: Option<i64>,
    pub bitrate: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub video_codec: Option<String>,
    pub video_resolution: Option<String>,
    pub audio_codec: Option<String>,
    pub audio_channels: Option<i64>,
    pub attrs: Attributes,
    pub parts: Vec<Part>,
}

/// `kind`: intro, credits or commercial; times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    pub id: u64,
    pub kind: String,
    pub start: i64,
    pub end: i64,
    #[serde(default, rename = "final")]
    pub is_final: bool,
}

/// Times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    pub id: u64,
    pub index: u32,
    pub start: i64,
    pub end: i64,
    #[serde(default)]
    pub tag: String,
}
