//! How an item is delivered: the source version, what leaves the server, and the transcoder between them.

use crate::media::{Decision, MediaKind, MediaVersion, ORIGINAL, quality_profile};
use serde::{Deserialize, Serialize};

/// The version of [`StreamDetail`] as it is stored.
pub const STREAM_DETAIL_VERSION: i16 = 1;

/// The transcoder's state. Plex's odd numbers (-1, -22) are kept as they come.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Transcode {
    /// The last segment of Plex's key.
    pub key: String,
    pub progress: f64,
    pub speed: f64,
    pub throttled: bool,
    pub max_offset_s: Option<f64>,
    pub min_offset_s: Option<f64>,
    pub protocol: String,
    pub container: String,
    pub video_codec: String,
    pub audio_codec: String,
    pub audio_channels: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub video_decision: Option<Decision>,
    pub audio_decision: Option<Decision>,
    pub subtitle_decision: Option<Decision>,
    pub hw_requested: bool,
    pub hw_full_pipeline: bool,
    pub hw_decode: String,
    pub hw_decode_title: String,
    pub hw_encode: String,
    pub hw_encode_title: String,
}

/// The hardware interfaces that Plex names; another word is no proof of hardware.
const HW_DECODERS: [&str; 6] = ["dxva2", "videotoolbox", "mediacodecndk", "vaapi", "nvdec", "qsv"];
const HW_ENCODERS: [&str; 8] =
    ["dxva2", "videotoolbox", "mediacodecndk", "vaapi", "nvenc", "x264", "mf", "qsv"];

impl Transcode {
    /// Whether it is the same conversion, however far it has got.
    fn is_alike(&self, other: &Self) -> bool {
        let Self { progress, speed, throttled, max_offset_s, min_offset_s, .. } = *self;
        *self == Self { progress, speed, throttled, max_offset_s, min_offset_s, ..other.clone() }
    }

    pub fn hw_decoding(&self) -> bool {
        HW_DECODERS.contains(&self.hw_decode.to_lowercase().as_str())
    }

    pub fn hw_encoding(&self) -> bool {
        let name = self.hw_encode.to_lowercase();
        name != "x264" && HW_ENCODERS.contains(&name.as_str())
    }
}

/// A stream whole: the typed detail that a session and a play keep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StreamDetail {
    pub source: MediaVersion,
    pub delivered: MediaVersion,
    pub transcode: Option<Transcode>,
    /// The profile that an optimised or synced version was made with.
    pub optimized_profile: String,
    pub synced_profile: String,
    /// The quality's name as another service recorded it, where it is not the one that follows from the rest.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub recorded_profile: String,
}

impl StreamDetail {
    /// Whether a passing look at the stream, which may leave out the source, tells nothing new but how far a conversion
    /// has got.
    pub fn is_alike(&self, seen: &Self) -> bool {
        let Self { source, delivered, transcode, optimized_profile, synced_profile, recorded_profile } = seen;
        let same_transcode = match (&self.transcode, transcode) {
            (Some(known), Some(seen)) => known.is_alike(seen),
            (known, seen) => known.is_none() && seen.is_none(),
        };
        same_transcode
            && self.delivered == *delivered
            && (*source == MediaVersion::default() || self.source == *source)
            && self.optimized_profile == *optimized_profile
            && self.synced_profile == *synced_profile
            && self.recorded_profile == *recorded_profile
    }

    pub fn video_decision(&self) -> Option<Decision> {
        let track = self.delivered.video.as_ref().map(|v| v.decision.unwrap_or(Decision::DirectPlay));
        self.transcode.as_ref().and_then(|t| t.video_decision).or(track)
    }

    pub fn audio_decision(&self) -> Option<Decision> {
        let track = self.delivered.audio.as_ref().map(|a| a.decision.unwrap_or(Decision::DirectPlay));
        self.transcode.as_ref().and_then(|t| t.audio_decision).or(track)
    }

    pub fn subtitle_decision(&self) -> Option<Decision> {
        let track = self.delivered.subtitle.as_ref().and_then(|s| s.decision);
        self.transcode.as_ref().and_then(|t| t.subtitle_decision).or(track)
    }

    pub fn container_decision(&self) -> Decision {
        self.delivered.decision.unwrap_or(Decision::DirectPlay)
    }

    /// The decision that streams are counted by (ACT-16).
    pub fn decision(&self) -> Decision {
        Decision::combine([self.video_decision(), self.audio_decision()])
    }

    /// The quality's name (ACT-18); versions made by Plex carry the profile they were made with. What was recorded stays.
    pub fn quality_profile(&self, kind: MediaKind) -> &str {
        if !self.recorded_profile.is_empty() {
            return &self.recorded_profile;
        }
        if !self.synced_profile.is_empty() {
            return &self.synced_profile;
        }
        if self.decision() == Decision::DirectPlay && kind.is_video() {
            return ORIGINAL;
        }
        quality_profile(kind, self.delivered.bitrate, self.source.bitrate)
    }
}
