//! The transcoder and what is decided.

use crate::graph::{Decision, Record};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Transcode {
    key: Option<String>,
    progress: f64,
    speed: f64,
    throttled: bool,
    max_offset_available: Option<f64>,
    min_offset_available: Option<f64>,
    protocol: Option<String>,
    container: Option<String>,
    video_codec: Option<String>,
    audio_codec: Option<String>,
    audio_channels: Option<i64>,
    width: Option<i64>,
    height: Option<i64>,
    hw_requested: bool,
    hw_full_pipeline: bool,
    hw_decode: Option<String>,
    hw_decode_title: Option<String>,
    hw_encode: Option<String>,
    hw_encode_title: Option<String>,
    hw_decoding: bool,
    hw_encoding: bool,
}

/// What is done to each part.
pub(super) struct Decisions {
    pub(super) overall: Decision,
    pub(super) container: Decision,
    pub(super) video: Option<Decision>,
    pub(super) audio: Option<Decision>,
    pub(super) subtitle: Option<Decision>,
}

pub(super) fn put(record: &mut Record, transcode: Option<Transcode>, decisions: &Decisions) {
    let runs = transcode.is_some();
    let Transcode {
        key,
        progress,
        speed,
        throttled,
        max_offset_available,
        min_offset_available,
        protocol,
        container,
        video_codec,
        audio_codec,
        audio_channels,
        width,
        height,
        hw_requested,
        hw_full_pipeline,
        hw_decode,
        hw_decode_title,
        hw_encode,
        hw_encode_title,
        hw_decoding,
        hw_encoding,
    } = transcode.unwrap_or_default();
    record.text("transcode_key", key);
    record.flag("transcode_throttled", throttled);
    record.put("transcode_progress", cut(progress));
    record.text("transcode_speed", runs.then(|| speed.to_string()));
    record.put("transcode_max_offset_available", cut(max_offset_available.unwrap_or(0.0)));
    record.put("transcode_min_offset_available", cut(min_offset_available.unwrap_or(0.0)));
    record.digits("transcode_audio_channels", audio_channels);
    record.text("transcode_audio_codec", audio_codec);
    record.text("transcode_video_codec", video_codec);
    record.digits("transcode_width", width);
    record.digits("transcode_height", height);
    record.text("transcode_container", container);
    record.text("transcode_protocol", protocol);
    record.flag("transcode_hw_requested", hw_requested);
    record.text("transcode_hw_decode", hw_decode);
    record.text("transcode_hw_decode_title", hw_decode_title);
    record.text("transcode_hw_encode", hw_encode);
    record.text("transcode_hw_encode_title", hw_encode_title);
    record.flag("transcode_hw_full_pipeline", hw_full_pipeline);
    record.decision("audio_decision", decisions.audio);
    // Where there is no picture, it is told to play directly.
    record.decision("video_decision", Some(decisions.video.unwrap_or(Decision::DirectPlay)));
    record.decision("subtitle_decision", decisions.subtitle);
    record.put("throttled", if throttled { "1" } else { "0" });
    record.flag("transcode_hw_decoding", hw_decoding);
    record.flag("transcode_hw_encoding", hw_encoding);
}

/// The whole part; what is no number in range is nothing.
fn cut(number: f64) -> i64 {
    let whole = number.trunc();
    #[expect(clippy::cast_possible_truncation, reason = "within 2^53, where floats are exact")]
    if whole.abs() < 9e15 { whole as i64 } else { 0 }
}
