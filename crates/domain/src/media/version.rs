//! A version of an item and the tracks in it, either as it lies on disk or as it is delivered.

use super::Decision;
use serde::{Deserialize, Serialize};

/// One version (Plex: Media with its chosen Part). Bitrates are kbit/s, sizes pixels. Empty text: not said.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MediaVersion {
    pub media_id: String,
    pub part_id: String,
    pub container: String,
    pub bitrate: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub aspect_ratio: String,
    pub video_codec: String,
    /// `1080`, `720`, `sd`, `4k` … without the scan letter.
    pub video_resolution: String,
    /// `1080p`, `576i`, `4k`, `SD`.
    pub full_resolution: String,
    pub video_framerate: String,
    pub video_profile: String,
    pub audio_codec: String,
    pub audio_channels: Option<i64>,
    pub audio_profile: String,
    pub protocol: String,
    pub duration_ms: Option<i64>,
    /// Made by Plex's optimiser.
    pub optimized: bool,
    pub optimized_title: String,
    /// Synced to a device.
    pub synced: bool,
    pub file: String,
    pub file_size: Option<i64>,
    /// Preview thumbnails exist.
    pub has_previews: bool,
    pub decision: Option<Decision>,
    pub video: Option<VideoTrack>,
    pub audio: Option<AudioTrack>,
    pub subtitle: Option<SubtitleTrack>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VideoTrack {
    pub id: String,
    pub codec: String,
    pub codec_level: String,
    pub profile: String,
    pub bitrate: Option<i64>,
    pub bit_depth: Option<i64>,
    pub chroma_subsampling: String,
    pub color_primaries: String,
    pub color_range: String,
    pub color_space: String,
    pub color_trc: String,
    pub dynamic_range: String,
    pub dolby_vision: Option<DolbyVision>,
    pub frame_rate: String,
    pub ref_frames: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub language: String,
    pub language_code: String,
    pub scan_type: String,
    pub display_title: String,
    pub decision: Option<Decision>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DolbyVision {
    pub profile: Option<i64>,
    pub level: Option<i64>,
    pub version: String,
    pub base_layer: bool,
    pub enhancement_layer: bool,
    pub reference_unit: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioTrack {
    pub id: String,
    pub codec: String,
    pub profile: String,
    pub bitrate: Option<i64>,
    pub bitrate_mode: String,
    pub channels: Option<i64>,
    pub channel_layout: String,
    pub sample_rate: Option<i64>,
    pub language: String,
    pub language_code: String,
    pub display_title: String,
    pub decision: Option<Decision>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SubtitleTrack {
    pub id: String,
    pub codec: String,
    pub container: String,
    pub format: String,
    pub forced: bool,
    pub location: String,
    pub language: String,
    pub language_code: String,
    pub display_title: String,
    /// Fetched on the fly, gone after the play.
    pub transient: bool,
    pub decision: Option<Decision>,
}

/// `1080` + `progressive` is `1080p`; names such as `4k` and `sd` stand for themselves.
pub fn full_resolution(resolution: &str, scan_type: &str) -> String {
    match resolution.to_lowercase().as_str() {
        "" => String::new(),
        "sd" => "SD".to_owned(),
        "4k" => "4k".to_owned(),
        "2k" => "2k".to_owned(),
        "8k" => "8k".to_owned(),
        digits => {
            let digits = digits.trim_end_matches(['p', 'i']);
            let scan = if scan_type == "interlaced" { "i" } else { "p" };
            format!("{digits}{scan}")
        }
    }
}
