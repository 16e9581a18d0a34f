//! `media_info`: versions, their files, and the tracks in them.

use crate::graph::{Record, layout_of};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MediaFile {
    selected: bool,
    version: Version,
    tracks: Vec<Track>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Version {
    media_id: Option<String>,
    part_id: Option<String>,
    container: Option<String>,
    bitrate: Option<i64>,
    width: Option<i64>,
    height: Option<i64>,
    aspect_ratio: Option<String>,
    video_codec: Option<String>,
    video_resolution: Option<String>,
    full_resolution: Option<String>,
    video_framerate: Option<String>,
    video_profile: Option<String>,
    audio_codec: Option<String>,
    audio_channels: Option<i64>,
    audio_profile: Option<String>,
    protocol: Option<String>,
    optimized: bool,
    file: Option<String>,
    file_size: Option<i64>,
    has_previews: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Track {
    selected: bool,
    content: Content,
}

/// Any of the three kinds of tracks.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Content {
    kind: String,
    track_id: Option<String>,
    codec: Option<String>,
    codec_level: Option<String>,
    profile: Option<String>,
    bitrate: Option<i64>,
    bit_depth: Option<i64>,
    chroma_subsampling: Option<String>,
    color_primaries: Option<String>,
    color_range: Option<String>,
    color_space: Option<String>,
    color_trc: Option<String>,
    dynamic_range: Option<String>,
    dolby_vision: Option<DolbyVision>,
    frame_rate: Option<String>,
    ref_frames: Option<i64>,
    width: Option<i64>,
    height: Option<i64>,
    scan_type: Option<String>,
    bitrate_mode: Option<String>,
    channels: Option<i64>,
    channel_layout: Option<String>,
    sample_rate: Option<i64>,
    container: Option<String>,
    format: Option<String>,
    forced: bool,
    location: Option<String>,
    language: Option<String>,
    language_code: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DolbyVision {
    profile: Option<i64>,
    level: Option<i64>,
    version: Option<Value>,
    base_layer: bool,
    enhancement_layer: bool,
    reference_unit: bool,
}

/// Versions with their files; files of one version stand next to each other.
pub(super) fn media_info(files: Vec<MediaFile>) -> Vec<Value> {
    let mut versions: Vec<(Option<String>, Record, Vec<Value>)> = Vec::new();
    for MediaFile { selected, version, tracks } in files {
        let id = version.media_id.clone();
        let part = part(&version, selected, tracks);
        match versions.last_mut() {
            Some((known, _, parts)) if *known == id => parts.push(part),
            _ => versions.push((id, head(version), vec![part])),
        }
    }
    let whole = versions.into_iter().map(|(_, mut record, parts)| {
        record.put("parts", parts);
        record.into_value()
    });
    whole.collect()
}

fn head(version: Version) -> Record {
    let Version {
        media_id,
        part_id: _,
        container,
        bitrate,
        width,
        height,
        aspect_ratio,
        video_codec,
        video_resolution,
        full_resolution,
        video_framerate,
        video_profile,
        audio_codec,
        audio_channels,
        audio_profile,
        protocol,
        optimized,
        file: _,
        file_size: _,
        has_previews: _,
    } = version;
    let mut record = Record::default();
    record.text("id", media_id);
    record.text("container", container);
    record.digits("bitrate", bitrate);
    record.digits("height", height);
    record.digits("width", width);
    record.text("aspect_ratio", aspect_ratio);
    record.text("video_codec", video_codec);
    record.text("video_resolution", video_resolution);
    // Where there is no picture, only the letter for its lines is left of the resolution.
    record.text("video_full_resolution", full_resolution.or_else(|| Some("p".to_owned())));
    record.text("video_framerate", video_framerate);
    record.text("video_profile", video_profile);
    record.text("audio_codec", audio_codec);
    record.digits("audio_channels", audio_channels);
    let layout = audio_channels.map(|n| layout_of(n).map_or_else(|| n.to_string(), str::to_owned));
    record.text("audio_channel_layout", layout);
    record.text("audio_profile", audio_profile);
    record.flag("optimized_version", optimized);
    for name in ["call_sign", "id", "identifier", "title", "thumb", "vcn"] {
        record.put(&format!("channel_{name}"), "");
    }
    record.text("protocol", protocol);
    record.put("begins_at", 0);
    record.put("ends_at", 0);
    record
}

fn part(version: &Version, selected: bool, tracks: Vec<Track>) -> Value {
    let mut record = Record::default();
    record.text("id", version.part_id.clone());
    record.text("file", version.file.clone());
    record.digits("file_size", version.file_size);
    record.flag("indexes", version.has_previews);
    record.put("streams", tracks.into_iter().filter_map(track).collect::<Vec<_>>());
    record.flag("selected", selected);
    record.into_value()
}

fn track(track: Track) -> Option<Value> {
    let Track { selected, content } = track;
    let mut record = Record::default();
    record.text("id", content.track_id.clone());
    match content.kind.as_str() {
        "VideoTrack" => put_video(&mut record, content),
        "AudioTrack" => put_audio(&mut record, content),
        "SubtitleTrack" => put_subtitle(&mut record, content),
        _ => return None,
    }
    record.flag("selected", selected);
    Some(record.into_value())
}

fn put_video(record: &mut Record, track: Content) {
    let present = track.dolby_vision.is_some();
    let DolbyVision { profile, level, version, base_layer, enhancement_layer, reference_unit } =
        track.dolby_vision.unwrap_or_default();
    record.put("type", "1");
    record.text("video_codec", track.codec);
    record.text("video_codec_level", track.codec_level);
    record.digits("video_bitrate", track.bitrate);
    record.digits("video_bit_depth", track.bit_depth);
    record.text("video_chroma_subsampling", track.chroma_subsampling);
    record.text("video_color_primaries", track.color_primaries);
    record.text("video_color_range", track.color_range);
    record.text("video_color_space", track.color_space);
    record.text("video_color_trc", track.color_trc);
    record.text("video_dynamic_range", track.dynamic_range);
    record.flag("video_dovi_bl_present", base_layer);
    record.flag("video_dovi_el_present", enhancement_layer);
    record.put("video_dovi_level", level.unwrap_or(0));
    record.flag("video_dovi_present", present);
    record.put("video_dovi_profile", profile.unwrap_or(0));
    record.flag("video_dovi_rpu_present", reference_unit);
    record.put("video_dovi_version", version.unwrap_or(json!(0)));
    record.text("video_frame_rate", track.frame_rate);
    record.digits("video_ref_frames", track.ref_frames);
    record.digits("video_height", track.height);
    record.digits("video_width", track.width);
    record.text("video_language", track.language);
    record.text("video_language_code", track.language_code);
    record.text("video_profile", track.profile);
    record.text("video_scan_type", track.scan_type);
}

fn put_audio(record: &mut Record, track: Content) {
    record.put("type", "2");
    record.text("audio_codec", track.codec);
    record.digits("audio_bitrate", track.bitrate);
    record.text("audio_bitrate_mode", track.bitrate_mode);
    record.digits("audio_channels", track.channels);
    record.text("audio_channel_layout", track.channel_layout);
    record.digits("audio_sample_rate", track.sample_rate);
    record.text("audio_language", track.language);
    record.text("audio_language_code", track.language_code);
    record.text("audio_profile", track.profile);
}

fn put_subtitle(record: &mut Record, track: Content) {
    record.put("type", "3");
    record.text("subtitle_codec", track.codec);
    record.text("subtitle_container", track.container);
    record.text("subtitle_format", track.format);
    record.flag("subtitle_forced", track.forced);
    record.text("subtitle_location", track.location);
    record.text("subtitle_language", track.language);
    record.text("subtitle_language_code", track.language_code);
}
