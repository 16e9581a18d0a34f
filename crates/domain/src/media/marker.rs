//! Markers: the stretches of an item that Plex names.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkerKind {
    Intro,
    Credits,
    Commercial,
}

impl MarkerKind {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "intro" => Some(Self::Intro),
            "credits" => Some(Self::Credits),
            "commercial" => Some(Self::Commercial),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Intro => "intro",
            Self::Credits => "credits",
            Self::Commercial => "commercial",
        }
    }
}

/// One marker; offsets are milliseconds from the item's start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Plex's id of the marker, where it has one.
    pub id: Option<i64>,
    pub kind: MarkerKind,
    pub start_ms: i64,
    pub end_ms: i64,
    /// The first of its kind in the item.
    pub first: bool,
    /// The credits after which nothing follows.
    pub last: bool,
}
