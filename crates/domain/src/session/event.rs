//! What happened in a session: the entries of a play's timeline.

use crate::media::{Decision, MarkerKind};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Started,
    Paused,
    Resumed,
    Buffering,
    BufferWarning,
    StreamChanged,
    Marker,
    Watched,
    Error,
    /// The place in the item jumped.
    Seeked,
    Stopped,
}

impl EventKind {
    const NAMES: [(Self, &'static str); 11] = [
        (Self::Started, "started"),
        (Self::Paused, "paused"),
        (Self::Resumed, "resumed"),
        (Self::Buffering, "buffering"),
        (Self::BufferWarning, "buffer_warning"),
        (Self::StreamChanged, "stream_changed"),
        (Self::Marker, "marker"),
        (Self::Watched, "watched"),
        (Self::Error, "error"),
        (Self::Seeked, "seeked"),
        (Self::Stopped, "stopped"),
    ];

    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("started", |(_, name)| name)
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// What an entry says beyond its kind.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EventDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<MarkerKind>,
    /// Buffer events so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// Where a jump came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ms: Option<i64>,
}

/// One entry of the timeline; `seq` counts from 1 within the session, so an entry written twice is one entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionEvent {
    pub seq: i32,
    pub at: DateTime<Utc>,
    pub kind: EventKind,
    pub view_offset_ms: i64,
    pub detail: EventDetail,
}
