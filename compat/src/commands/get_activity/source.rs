//! The version in the library.

use super::version::{AudioTrack, DolbyVision, SubtitleTrack, Version, VideoTrack};
use crate::graph::{Record, seconds};
use crate::item::Airing;
use serde_json::{Value, json};

/// What the record says of the source once the delivered version is told.
pub(super) struct Told {
    pub(super) optimized_title: Option<String>,
    pub(super) synced: bool,
    pub(super) preview: Option<String>,
    pub(super) has_subtitle: bool,
}

pub(super) fn put(record: &mut Record, source: Version, airing: Airing, view_offset: i64) -> Told {
    let Version {
        aspect_ratio,
        audio,
        audio_channels,
        audio_codec,
        audio_profile,
        bitrate,
        container,
        duration: _,
        file,
        file_size,
        full_resolution,
        has_previews,
        height,
        optimized,
        optimized_title,
        part_id,
        protocol,
        subtitle,
        synced,
        video,
        video_codec,
        video_framerate,
        video_profile,
        video_resolution,
        width,
    } = source;
    let (has_subtitle, audio) = (subtitle.is_some(), audio.unwrap_or_default());
    // Where there is no picture, only the letter for its lines is left of the resolution.
    let full_resolution = if video.is_some() { full_resolution } else { Some("p".to_owned()) };
    record.put("id", "");
    record.text("container", container);
    record.digits("bitrate", bitrate);
    record.digits("height", height);
    record.digits("width", width);
    record.text("aspect_ratio", aspect_ratio);
    record.text("video_codec", video_codec);
    record.text("video_resolution", video_resolution);
    record.text("video_full_resolution", full_resolution);
    record.text("video_framerate", video_framerate);
    record.text("video_profile", video_profile);
    record.text("audio_codec", audio_codec);
    record.digits("audio_channels", audio_channels);
    record.text("audio_channel_layout", audio.channel_layout.clone());
    record.text("audio_profile", audio_profile);
    record.flag("optimized_version", optimized);
    put_channel(record, airing, protocol);
    record.text("file", file);
    record.digits("file_size", file_size);
    record.flag("indexes", has_previews);
    record.put("selected", 1);
    record.put("type", "");
    put_video(record, video);
    put_audio(record, audio);
    put_subtitle(record, subtitle.unwrap_or_default());
    let preview = part_id.filter(|_| has_previews);
    let preview = preview.map(|part| format!("/library/parts/{part}/indexes/sd/{view_offset}"));
    Told { optimized_title, synced, preview, has_subtitle }
}

fn put_channel(record: &mut Record, airing: Airing, protocol: Option<String>) {
    let Airing {
        uuid: _,
        channel_call_sign,
        channel_id,
        channel_identifier,
        channel_title,
        channel_thumb,
        channel_vcn,
        begins_at,
        ends_at,
        epg_identifier: _,
    } = airing;
    record.text("channel_call_sign", channel_call_sign);
    record.text("channel_id", channel_id);
    record.text("channel_identifier", channel_identifier);
    record.text("channel_title", channel_title);
    record.text("channel_thumb", channel_thumb);
    record.text("channel_vcn", channel_vcn);
    record.text("protocol", protocol);
    record.put("begins_at", seconds(begins_at).unwrap_or(0));
    record.put("ends_at", seconds(ends_at).unwrap_or(0));
}

fn put_video(record: &mut Record, video: Option<VideoTrack>) {
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
        decision: _,
        dolby_vision,
        dynamic_range,
        frame_rate,
        height,
        language,
        language_code,
        ref_frames,
        scan_type,
        width,
    } = video.unwrap_or_default();
    record.text("video_codec_level", codec_level);
    record.digits("video_bitrate", bitrate);
    record.digits("video_bit_depth", bit_depth);
    record.text("video_chroma_subsampling", chroma_subsampling);
    record.text("video_color_primaries", color_primaries);
    record.text("video_color_range", color_range);
    record.text("video_color_space", color_space);
    record.text("video_color_trc", color_trc);
    record.text("video_dynamic_range", dynamic_range);
    if exists {
        put_dolby_vision(record, "video", dolby_vision);
    }
    record.text("video_frame_rate", frame_rate);
    record.digits("video_ref_frames", ref_frames);
    record.digits("video_height", height);
    record.digits("video_width", width);
    record.text("video_language", language);
    record.text("video_language_code", language_code);
    record.text("video_scan_type", scan_type);
}

/// Numbers throughout; the version is a fraction where there is one.
pub(super) fn put_dolby_vision(record: &mut Record, prefix: &str, layers: Option<DolbyVision>) {
    let present = layers.is_some();
    let DolbyVision { base_layer, enhancement_layer, level, profile, reference_unit, version } =
        layers.unwrap_or_default();
    let version: Option<Value> = version.and_then(|text| text.parse::<f64>().ok()).map(Value::from);
    record.flag(&format!("{prefix}_dovi_bl_present"), base_layer);
    record.flag(&format!("{prefix}_dovi_el_present"), enhancement_layer);
    record.put(&format!("{prefix}_dovi_level"), level.unwrap_or(0));
    record.flag(&format!("{prefix}_dovi_present"), present);
    record.put(&format!("{prefix}_dovi_profile"), profile.unwrap_or(0));
    record.flag(&format!("{prefix}_dovi_rpu_present"), reference_unit);
    record.put(&format!("{prefix}_dovi_version"), version.unwrap_or(json!(0)));
}

fn put_audio(record: &mut Record, audio: AudioTrack) {
    let AudioTrack {
        bitrate,
        bitrate_mode,
        channel_layout: _,
        channels: _,
        codec: _,
        language,
        language_code,
        profile: _,
        sample_rate,
    } = audio;
    record.digits("audio_bitrate", bitrate);
    record.text("audio_bitrate_mode", bitrate_mode);
    record.digits("audio_sample_rate", sample_rate);
    record.text("audio_language", language);
    record.text("audio_language_code", language_code);
}

fn put_subtitle(record: &mut Record, subtitle: SubtitleTrack) {
    let SubtitleTrack { codec, container, forced, format, language, language_code, location, transient: _ } =
        subtitle;
    record.text("subtitle_codec", codec);
    record.text("subtitle_container", container);
    record.text("subtitle_format", format);
    record.flag("subtitle_forced", forced);
    record.text("subtitle_location", location);
    record.text("subtitle_language", language);
    record.text("subtitle_language_code", language_code);
}
