//! The delivery of one stream as a record; zero and absent are both `""`.

use crate::graph::{Decision, Record, lower};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Subject {
    grandparent_title: Option<String>,
    kind: String,
    original_title: Option<String>,
    title: Option<String>,
}

impl Subject {
    pub(super) fn is_known(&self) -> bool {
        self.title.is_some() || self.grandparent_title.is_some()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delivery {
    audio_decision: Option<Decision>,
    container_decision: Decision,
    optimized_profile: Option<String>,
    quality_profile: String,
    subtitle_decision: Option<Decision>,
    synced_profile: Option<String>,
    video_decision: Option<Decision>,
    source: Version,
    delivered: Version,
    transcode: Option<Transcode>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Transcode {
    container: Option<String>,
    hw_decoding: bool,
    hw_encoding: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Version {
    aspect_ratio: Option<String>,
    audio: Option<Audio>,
    audio_channels: Option<i64>,
    audio_codec: Option<String>,
    bitrate: Option<i64>,
    container: Option<String>,
    full_resolution: Option<String>,
    optimized: bool,
    optimized_title: Option<String>,
    subtitle: Option<Subtitle>,
    synced: bool,
    video: Option<Video>,
    video_codec: Option<String>,
    video_framerate: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Audio {
    bitrate: Option<i64>,
    channels: Option<i64>,
    codec: Option<String>,
    language: Option<String>,
    language_code: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Subtitle {
    codec: Option<String>,
    forced: bool,
    language: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Video {
    bitrate: Option<i64>,
    dynamic_range: Option<String>,
    height: Option<i64>,
    width: Option<i64>,
}

/// Who has seen a stream, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Now,
    Here,
    /// Before an import: told as it lay there.
    Elsewhere,
}

pub(super) fn reshape(subject: Subject, delivery: Delivery, seen: Seen) -> Record {
    let Subject { grandparent_title, kind, original_title, title } = subject;
    let Delivery {
        audio_decision,
        container_decision,
        optimized_profile,
        quality_profile,
        subtitle_decision,
        synced_profile,
        video_decision,
        source,
        delivered,
        transcode,
    } = delivery;
    let mut record = Record::default();
    let has_subtitle = source.subtitle.is_some();
    // Rows older than the record of delivered containers.
    let old = delivered.container.is_none();
    let Transcode { container, hw_decoding, hw_encoding } = transcode.unwrap_or_default();
    let container = container.or_else(|| source.container.clone());
    let has_picture = source.video.is_some();
    put_source(&mut record, source, optimized_profile, synced_profile, seen);
    record.number("stream_bitrate", delivered.bitrate);
    record.text("stream_video_full_resolution", delivered.full_resolution.clone());
    record.put("quality_profile", quality_profile);
    record.decision("stream_container_decision", Some(container_decision));
    record.text("stream_container", delivered.container.clone().or(container));
    let of_stream = video_decision.filter(|_| has_picture);
    let subtitle = put_delivered(&mut record, delivered, of_stream, audio_decision);
    record.mark("subtitles", has_subtitle);
    record.decision("stream_subtitle_decision", subtitle_decision);
    put_subtitle(&mut record, "stream_subtitle", subtitle);
    record.mark("transcode_hw_decoding", hw_decoding);
    record.mark("transcode_hw_encoding", hw_encoding);
    // Where there is no picture, it is told to play directly.
    let unsaid = (seen != Seen::Elsewhere).then_some(Decision::DirectPlay);
    record.decision("video_decision", video_decision.or(unsaid));
    record.decision("audio_decision", audio_decision);
    record.put("media_type", lower(&kind));
    record.text("title", title);
    record.text("grandparent_title", grandparent_title);
    record.text("original_title", original_title);
    record.mark("current_session", seen == Seen::Now);
    record.mark("pre_tautulli", old);
    record
}

fn put_source(
    record: &mut Record,
    source: Version,
    optimized: Option<String>,
    synced_as: Option<String>,
    seen: Seen,
) {
    let Version {
        aspect_ratio,
        audio,
        audio_channels,
        audio_codec,
        bitrate,
        container,
        full_resolution,
        optimized: is_optimized,
        optimized_title,
        subtitle,
        synced,
        video,
        video_codec,
        video_framerate,
    } = source;
    // Where there is no picture, only the letter for its lines is left of the resolution.
    let full_resolution = match seen {
        Seen::Now | Seen::Here if video.is_none() => Some("p".to_owned()),
        _ => full_resolution,
    };
    let Video { bitrate: video_bitrate, dynamic_range, height, width } = video.unwrap_or_default();
    let Audio { bitrate: audio_bitrate, channels: _, codec: _, language, language_code } =
        audio.unwrap_or_default();
    record.number("bitrate", bitrate);
    record.text("video_full_resolution", full_resolution);
    record.mark("optimized_version", is_optimized);
    record.text("optimized_version_profile", optimized);
    record.text("optimized_version_title", optimized_title);
    record.mark("synced_version", synced);
    record.text("synced_version_profile", synced_as);
    record.text("container", container);
    record.text("video_codec", video_codec);
    record.number("video_bitrate", video_bitrate);
    record.number("video_width", width);
    record.number("video_height", height);
    record.text("video_framerate", video_framerate);
    record.text("video_dynamic_range", dynamic_range);
    record.text("aspect_ratio", aspect_ratio);
    record.text("audio_codec", audio_codec);
    record.number("audio_bitrate", audio_bitrate);
    record.number("audio_channels", audio_channels);
    record.text("audio_language", language);
    record.text("audio_language_code", language_code);
    put_subtitle(record, "subtitle", subtitle);
}

fn put_delivered(
    record: &mut Record,
    delivered: Version,
    video_decision: Option<Decision>,
    audio_decision: Option<Decision>,
) -> Option<Subtitle> {
    let Version {
        aspect_ratio: _,
        audio,
        audio_channels: _,
        audio_codec: _,
        bitrate: _,
        container: _,
        full_resolution: _,
        optimized: _,
        optimized_title: _,
        subtitle,
        synced: _,
        video,
        video_codec,
        video_framerate,
    } = delivered;
    record.decision("stream_video_decision", video_decision.filter(|_| video.is_some()));
    let Video { bitrate: video_bitrate, dynamic_range, height, width } = video.unwrap_or_default();
    let Audio { bitrate: audio_bitrate, channels, codec, language, language_code } =
        audio.unwrap_or_default();
    record.text("stream_video_codec", video_codec);
    record.number("stream_video_bitrate", video_bitrate);
    record.number("stream_video_width", width);
    record.number("stream_video_height", height);
    record.text("stream_video_framerate", video_framerate);
    record.text("stream_video_dynamic_range", dynamic_range);
    record.decision("stream_audio_decision", audio_decision);
    record.text("stream_audio_codec", codec);
    record.number("stream_audio_bitrate", audio_bitrate);
    record.number("stream_audio_channels", channels);
    record.text("stream_audio_language", language);
    record.text("stream_audio_language_code", language_code);
    subtitle
}

fn put_subtitle(record: &mut Record, prefix: &str, subtitle: Option<Subtitle>) {
    let Subtitle { codec, forced, language } = subtitle.unwrap_or_default();
    record.text(&format!("{prefix}_codec"), codec);
    record.mark(&format!("{prefix}_forced"), forced);
    record.text(&format!("{prefix}_language"), language);
}
