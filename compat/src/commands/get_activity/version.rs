//! A version of an item as the schema tells it, in the library or delivered.

use crate::graph::Decision;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Version {
    pub(super) aspect_ratio: Option<String>,
    pub(super) audio: Option<AudioTrack>,
    pub(super) audio_channels: Option<i64>,
    pub(super) audio_codec: Option<String>,
    pub(super) audio_profile: Option<String>,
    pub(super) bitrate: Option<i64>,
    pub(super) container: Option<String>,
    pub(super) duration: Option<i64>,
    pub(super) file: Option<String>,
    pub(super) file_size: Option<i64>,
    pub(super) full_resolution: Option<String>,
    pub(super) has_previews: bool,
    pub(super) height: Option<i64>,
    pub(super) optimized: bool,
    pub(super) optimized_title: Option<String>,
    pub(super) part_id: Option<String>,
    pub(super) protocol: Option<String>,
    pub(super) subtitle: Option<SubtitleTrack>,
    pub(super) synced: bool,
    pub(super) video: Option<VideoTrack>,
    pub(super) video_codec: Option<String>,
    pub(super) video_framerate: Option<String>,
    pub(super) video_profile: Option<String>,
    pub(super) video_resolution: Option<String>,
    pub(super) width: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct VideoTrack {
    pub(super) bit_depth: Option<i64>,
    pub(super) bitrate: Option<i64>,
    pub(super) chroma_subsampling: Option<String>,
    pub(super) codec_level: Option<String>,
    pub(super) color_primaries: Option<String>,
    pub(super) color_range: Option<String>,
    pub(super) color_space: Option<String>,
    pub(super) color_trc: Option<String>,
    pub(super) decision: Option<Decision>,
    pub(super) dolby_vision: Option<DolbyVision>,
    pub(super) dynamic_range: Option<String>,
    pub(super) frame_rate: Option<String>,
    pub(super) height: Option<i64>,
    pub(super) language: Option<String>,
    pub(super) language_code: Option<String>,
    pub(super) ref_frames: Option<i64>,
    pub(super) scan_type: Option<String>,
    pub(super) width: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DolbyVision {
    pub(super) base_layer: bool,
    pub(super) enhancement_layer: bool,
    pub(super) level: Option<i64>,
    pub(super) profile: Option<i64>,
    pub(super) reference_unit: bool,
    pub(super) version: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AudioTrack {
    pub(super) bitrate: Option<i64>,
    pub(super) bitrate_mode: Option<String>,
    pub(super) channel_layout: Option<String>,
    pub(super) channels: Option<i64>,
    pub(super) codec: Option<String>,
    pub(super) language: Option<String>,
    pub(super) language_code: Option<String>,
    pub(super) profile: Option<String>,
    pub(super) sample_rate: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SubtitleTrack {
    pub(super) codec: Option<String>,
    pub(super) container: Option<String>,
    pub(super) forced: bool,
    pub(super) format: Option<String>,
    pub(super) language: Option<String>,
    pub(super) language_code: Option<String>,
    pub(super) location: Option<String>,
    pub(super) transient: bool,
}
