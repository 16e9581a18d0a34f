//! What leaves the server.

use super::source::{self, put_dolby_vision};
use super::transcode::Decisions;
use super::version::{AudioTrack, SubtitleTrack, Version, VideoTrack};
use crate::graph::{Decision, Record, layout_of};

pub(super) fn put(
    record: &mut Record,
    delivered: Version,
    source: source::Told,
    item_duration: Option<i64>,
    decisions: &Decisions,
) {
    let Version {
        aspect_ratio,
        audio,
        audio_channels: _,
        audio_codec: _,
        audio_profile: _,
        bitrate,
        container,
        duration,
        file: _,
        file_size: _,
        full_resolution,
        has_previews: _,
        height: _,
        optimized: _,
        optimized_title: _,
        part_id: _,
        protocol: _,
        subtitle,
        synced: _,
        video,
        video_codec,
        video_framerate,
        video_profile: _,
        video_resolution,
        width: _,
    } = delivered;
    let source::Told { optimized_title, synced, preview, has_subtitle } = source;
    record.text("stream_container", container);
    record.digits("stream_bitrate", bitrate);
    record.text("stream_aspect_ratio", aspect_ratio);
    record.text("stream_video_framerate", video_framerate);
    record.text("stream_video_resolution", video_resolution);
    record.digits("stream_duration", duration.or(item_duration));
    record.decision("stream_container_decision", Some(decisions.container));
    record.text("optimized_version_title", optimized_title);
    record.flag("synced_version", synced);
    record.text("bif_thumb", preview);
    record.flag("subtitles", has_subtitle);
    record.decision("transcode_decision", Some(decisions.overall));
    record.decision("container_decision", Some(decisions.container));
    if video.is_some() {
        record.text("stream_video_full_resolution", full_resolution);
    }
    put_video(record, video, video_codec);
    put_audio(record, audio.unwrap_or_default(), decisions);
    put_subtitle(record, subtitle.unwrap_or_default(), decisions.subtitle);
}

fn put_video(record: &mut Record, video: Option<VideoTrack>, codec: Option<String>) {
    let exists = video.is_some();
    let VideoTrack {
        bit_depth,
        bitrate,
        chroma_subsampling,
        codec_level,
        color_primaries,
        color_range,
        color_space,
        color_trc,
        decision,
        dolby_vision,
        dynamic_range,
        frame_rate: _,
        height,
        language,
        language_code,
        ref_frames,
        scan_type,
        width,
    } = video.unwrap_or_default();
    record.digits("stream_video_bitrate", bitrate);
    record.digits("stream_video_bit_depth", bit_depth);
    record.text("stream_video_chroma_subsampling", chroma_subsampling);
    record.text("stream_video_codec", codec);
    record.text("stream_video_codec_level", codec_level);
    record.text("stream_video_color_primaries", color_primaries);
    record.text("stream_video_color_range", color_range);
    record.text("stream_video_color_space", color_space);
    record.text("stream_video_color_trc", color_trc);
    record.text("stream_video_dynamic_range", dynamic_range);
    if exists {
        put_dolby_vision(record, "stream_video", dolby_vision);
    }
    record.digits("stream_video_height", height);
    record.digits("stream_video_width", width);
    record.digits("stream_video_ref_frames", ref_frames);
    record.text("stream_video_language", language);
    record.text("stream_video_language_code", language_code);
    record.text("stream_video_scan_type", scan_type);
    let decision = exists.then(|| decision.unwrap_or(Decision::DirectPlay));
    record.decision("stream_video_decision", decision);
}

fn put_audio(record: &mut Record, audio: AudioTrack, decisions: &Decisions) {
    let AudioTrack {
        bitrate,
        bitrate_mode,
        channel_layout,
        channels,
        codec,
        language,
        language_code,
        profile,
        sample_rate,
    } = audio;
    let raw = decisions.container == Decision::DirectPlay;
    let layout = if raw { channel_layout.clone() } else { channels.and_then(layout_of).map(str::to_owned) };
    record.digits("stream_audio_bitrate", bitrate);
    record.text("stream_audio_bitrate_mode", bitrate_mode);
    record.digits("stream_audio_channels", channels);
    record.text("stream_audio_channel_layout", layout);
    record.text("stream_audio_codec", codec);
    record.digits("stream_audio_sample_rate", sample_rate);
    // A slip of the reference that clients may have come to know.
    record.text("stream_audio_channel_layout_", channel_layout);
    record.text("stream_audio_language", language);
    record.text("stream_audio_language_code", language_code);
    record.text("stream_audio_profile", profile);
    record.decision("stream_audio_decision", decisions.audio);
}

fn put_subtitle(record: &mut Record, subtitle: SubtitleTrack, decision: Option<Decision>) {
    let SubtitleTrack { codec, container, forced, format, language, language_code, location, transient } =
        subtitle;
    record.text("stream_subtitle_codec", codec);
    record.text("stream_subtitle_container", container);
    record.text("stream_subtitle_format", format);
    record.flag("stream_subtitle_forced", forced);
    record.text("stream_subtitle_location", location);
    record.text("stream_subtitle_language", language);
    record.text("stream_subtitle_language_code", language_code);
    record.decision("stream_subtitle_decision", decision);
    record.flag("stream_subtitle_transient", transient);
}
