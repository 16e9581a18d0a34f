//! A version of an item, as it lies on disk or as it is delivered.

use async_graphql::SimpleObject;
use tautulli_domain::media;

use super::enums::Decision;
use crate::graphql::scalar::{Duration, Long, int, said};

/// A version of an item, as it lies on disk or as it is delivered.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct MediaVersion {
    /// Plex's id of the version.
    media_id: Option<String>,
    /// Plex's id of the file.
    part_id: Option<String>,
    /// Container format.
    container: Option<String>,
    /// Bitrate in kbit/s.
    bitrate: Option<i32>,
    /// Width in pixels.
    width: Option<i32>,
    /// Height in pixels.
    height: Option<i32>,
    /// Width to height.
    aspect_ratio: Option<String>,
    /// Codec of the picture.
    video_codec: Option<String>,
    /// Resolution without the scan letter (1080, sd, 4k).
    video_resolution: Option<String>,
    /// Resolution with the scan letter (1080p, 576i, 4k).
    full_resolution: Option<String>,
    /// Frame rate as a name (24p, PAL).
    video_framerate: Option<String>,
    /// Profile of the codec.
    video_profile: Option<String>,
    /// Codec of the sound.
    audio_codec: Option<String>,
    /// Channels of the sound.
    audio_channels: Option<i32>,
    /// Profile of the sound's codec.
    audio_profile: Option<String>,
    /// Protocol of the delivery (dash, hls, http).
    protocol: Option<String>,
    /// How long it lasts.
    duration: Option<Duration>,
    /// Made by Plex's optimiser.
    optimized: bool,
    /// Name of the optimised version.
    optimized_title: Option<String>,
    /// Synced to a device.
    synced: bool,
    /// Path of the file on the server. Administrators only.
    file: Option<String>,
    /// Size of the file in bytes.
    file_size: Option<Long>,
    /// Whether preview thumbnails exist.
    has_previews: bool,
    /// What the server does to it; absent where there is no such thing to decide.
    decision: Option<Decision>,
    /// The chosen picture.
    video: Option<VideoTrack>,
    /// The chosen sound.
    audio: Option<AudioTrack>,
    /// The chosen subtitle.
    subtitle: Option<SubtitleTrack>,
}

impl From<&media::MediaVersion> for MediaVersion {
    fn from(value: &media::MediaVersion) -> Self {
        Self {
            media_id: said(&value.media_id),
            part_id: said(&value.part_id),
            container: said(&value.container),
            bitrate: int(value.bitrate),
            width: int(value.width),
            height: int(value.height),
            aspect_ratio: said(&value.aspect_ratio),
            video_codec: said(&value.video_codec),
            video_resolution: said(&value.video_resolution),
            full_resolution: said(&value.full_resolution),
            video_framerate: said(&value.video_framerate),
            video_profile: said(&value.video_profile),
            audio_codec: said(&value.audio_codec),
            audio_channels: int(value.audio_channels),
            audio_profile: said(&value.audio_profile),
            protocol: said(&value.protocol),
            duration: value.duration_ms.map(Duration),
            optimized: value.optimized,
            optimized_title: said(&value.optimized_title),
            synced: value.synced,
            file: said(&value.file),
            file_size: value.file_size.map(Long),
            has_previews: value.has_previews,
            decision: value.decision.map(Into::into),
            video: value.video.as_ref().map(Into::into),
            audio: value.audio.as_ref().map(Into::into),
            subtitle: value.subtitle.as_ref().map(Into::into),
        }
    }
}

impl MediaVersion {
    /// Hides what only administrators may know: where files lie.
    pub(crate) fn without_paths(mut self) -> Self {
        self.file = None;
        self
    }
}

/// The picture of a version.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct VideoTrack {
    /// Plex's id of the track.
    track_id: Option<String>,
    /// Codec.
    codec: Option<String>,
    /// Level of the codec.
    codec_level: Option<String>,
    /// Profile of the codec.
    profile: Option<String>,
    /// Bitrate in kbit/s.
    bitrate: Option<i32>,
    /// Bits for each colour.
    bit_depth: Option<i32>,
    /// Chroma subsampling.
    chroma_subsampling: Option<String>,
    /// Colour primaries.
    color_primaries: Option<String>,
    /// Colour range.
    color_range: Option<String>,
    /// Colour space.
    color_space: Option<String>,
    /// Transfer function.
    color_trc: Option<String>,
    /// SDR, HDR10, HLG, Dolby Vision, or several joined by a slash.
    dynamic_range: Option<String>,
    /// Dolby Vision's layers.
    dolby_vision: Option<DolbyVision>,
    /// Frames for each second.
    frame_rate: Option<String>,
    /// Reference frames.
    ref_frames: Option<i32>,
    /// Width in pixels.
    width: Option<i32>,
    /// Height in pixels.
    height: Option<i32>,
    /// Language.
    language: Option<String>,
    /// ISO 639-2 code of the language.
    language_code: Option<String>,
    /// progressive or interlaced.
    scan_type: Option<String>,
    /// Plex's own description.
    display_title: Option<String>,
    /// What the server does to it; absent where there is no such thing to decide.
    decision: Option<Decision>,
}

impl From<&media::VideoTrack> for VideoTrack {
    fn from(value: &media::VideoTrack) -> Self {
        Self {
            track_id: said(&value.id),
            codec: said(&value.codec),
            codec_level: said(&value.codec_level),
            profile: said(&value.profile),
            bitrate: int(value.bitrate),
            bit_depth: int(value.bit_depth),
            chroma_subsampling: said(&value.chroma_subsampling),
            color_primaries: said(&value.color_primaries),
            color_range: said(&value.color_range),
            color_space: said(&value.color_space),
            color_trc: said(&value.color_trc),
            dynamic_range: said(&value.dynamic_range),
            dolby_vision: value.dolby_vision.as_ref().map(Into::into),
            frame_rate: said(&value.frame_rate),
            ref_frames: int(value.ref_frames),
            width: int(value.width),
            height: int(value.height),
            language: said(&value.language),
            language_code: said(&value.language_code),
            scan_type: said(&value.scan_type),
            display_title: said(&value.display_title),
            decision: value.decision.map(Into::into),
        }
    }
}

/// Dolby Vision's layers.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct DolbyVision {
    /// Profile.
    profile: Option<i32>,
    /// Level.
    level: Option<i32>,
    /// Version.
    version: Option<String>,
    /// A base layer is there.
    base_layer: bool,
    /// An enhancement layer is there.
    enhancement_layer: bool,
    /// Reference processing units are there.
    reference_unit: bool,
}

impl From<&media::DolbyVision> for DolbyVision {
    fn from(value: &media::DolbyVision) -> Self {
        Self {
            profile: int(value.profile),
            level: int(value.level),
            version: said(&value.version),
            base_layer: value.base_layer,
            enhancement_layer: value.enhancement_layer,
            reference_unit: value.reference_unit,
        }
    }
}

/// The sound of a version.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct AudioTrack {
    /// Plex's id of the track.
    track_id: Option<String>,
    /// Codec.
    codec: Option<String>,
    /// Profile of the codec.
    profile: Option<String>,
    /// Bitrate in kbit/s.
    bitrate: Option<i32>,
    /// cbr or vbr.
    bitrate_mode: Option<String>,
    /// Channels.
    channels: Option<i32>,
    /// Layout of the channels.
    channel_layout: Option<String>,
    /// Samples for each second.
    sample_rate: Option<i32>,
    /// Language.
    language: Option<String>,
    /// ISO 639-2 code of the language.
    language_code: Option<String>,
    /// Plex's own description.
    display_title: Option<String>,
    /// What the server does to it; absent where there is no such thing to decide.
    decision: Option<Decision>,
}

impl From<&media::AudioTrack> for AudioTrack {
    fn from(value: &media::AudioTrack) -> Self {
        Self {
            track_id: said(&value.id),
            codec: said(&value.codec),
            profile: said(&value.profile),
            bitrate: int(value.bitrate),
            bitrate_mode: said(&value.bitrate_mode),
            channels: int(value.channels),
            channel_layout: said(&value.channel_layout),
            sample_rate: int(value.sample_rate),
            language: said(&value.language),
            language_code: said(&value.language_code),
            display_title: said(&value.display_title),
            decision: value.decision.map(Into::into),
        }
    }
}

/// The subtitle of a version.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct SubtitleTrack {
    /// Plex's id of the track.
    track_id: Option<String>,
    /// Codec.
    codec: Option<String>,
    /// Container.
    container: Option<String>,
    /// Format.
    format: Option<String>,
    /// Meant to be shown always.
    forced: bool,
    /// How it travels (embedded, external, segments).
    location: Option<String>,
    /// Language.
    language: Option<String>,
    /// ISO 639-2 code of the language.
    language_code: Option<String>,
    /// Plex's own description.
    display_title: Option<String>,
    /// Fetched on the fly, gone after the play.
    transient: bool,
    /// What the server does to it; absent where there is no such thing to decide.
    decision: Option<Decision>,
}

impl From<&media::SubtitleTrack> for SubtitleTrack {
    fn from(value: &media::SubtitleTrack) -> Self {
        Self {
            track_id: said(&value.id),
            codec: said(&value.codec),
            container: said(&value.container),
            format: said(&value.format),
            forced: value.forced,
            location: said(&value.location),
            language: said(&value.language),
            language_code: said(&value.language_code),
            display_title: said(&value.display_title),
            transient: value.transient,
            decision: value.decision.map(Into::into),
        }
    }
}
