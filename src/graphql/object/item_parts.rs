//! What an item has within it: the stretches that Plex names, and the slot of a live programme.

use super::enums::MarkerKind;
use crate::graphql::scalar::{Duration, int, said};
use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use tautulli_domain::media;

/// A moment that Plex gives in seconds.
pub(super) fn time(seconds: Option<i64>) -> Option<DateTime<Utc>> {
    seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}

/// A stretch of an item that Plex names.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Marker {
    /// Plex's number of the marker.
    marker_id: Option<i32>,
    /// What it is.
    kind: MarkerKind,
    /// Where it begins.
    start: Duration,
    /// Where it ends.
    end: Duration,
    /// The first of its kind in the item.
    first: bool,
    /// The credits after which nothing follows.
    last: bool,
}

impl From<&media::Marker> for Marker {
    fn from(value: &media::Marker) -> Self {
        Self {
            marker_id: int(value.id),
            kind: value.kind.into(),
            start: Duration(value.start_ms),
            end: Duration(value.end_ms),
            first: value.first,
            last: value.last,
        }
    }
}

/// The channel and the slot of a live programme.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Airing {
    /// Plex's id of the tuner's session.
    uuid: Option<String>,
    /// Call sign of the channel.
    channel_call_sign: Option<String>,
    /// Plex's id of the channel.
    channel_id: Option<String>,
    /// Number of the channel as the tuner knows it.
    channel_identifier: Option<String>,
    /// Name of the channel.
    channel_title: Option<String>,
    /// Picture of the channel.
    channel_thumb: Option<String>,
    /// Virtual channel number.
    channel_vcn: Option<String>,
    /// When the programme begins.
    begins_at: Option<DateTime<Utc>>,
    /// When the programme ends.
    ends_at: Option<DateTime<Utc>>,
    /// The guide that knows it.
    epg_identifier: Option<String>,
}

impl From<&media::Airing> for Airing {
    fn from(value: &media::Airing) -> Self {
        Self {
            uuid: said(&value.uuid),
            channel_call_sign: said(&value.channel_call_sign),
            channel_id: said(&value.channel_id),
            channel_identifier: said(&value.channel_identifier),
            channel_title: said(&value.channel_title),
            channel_thumb: said(&value.channel_thumb),
            channel_vcn: said(&value.channel_vcn),
            begins_at: time(value.begins_at),
            ends_at: time(value.ends_at),
            epg_identifier: said(&value.epg_identifier),
        }
    }
}
