//! How it was delivered: the version in the library, what left the server, the transcoder.

use super::recorded::SOURCE_RESOLUTION;
use super::rows::Media;
use crate::rule::Rule;
use tautulli_domain::StreamDetail;
use tautulli_domain::Transcode;
use tautulli_domain::media::{
    AudioTrack, Decision, MediaVersion, SubtitleTrack, VideoTrack, full_resolution,
};

pub(super) fn read(m: &Media) -> StreamDetail {
    StreamDetail {
        source: source(m),
        delivered: delivered(m),
        transcode: transcode(m),
        optimized_profile: m.optimized_version_profile.clone(),
        synced_profile: m.synced_version_profile.clone(),
        recorded_profile: String::new(),
    }
}

/// The decision that the play is counted by: as it was kept, else by what was done to picture and sound.
pub(super) fn decision(
    m: &Media,
    stream: &StreamDetail,
    is_there: bool,
    mend: &mut impl FnMut(&'static str, Rule),
) -> Decision {
    match m.transcode_decision.trim() {
        "" => {
            if is_there {
                mend("transcode_decision", Rule::DecisionMissing);
            }
            let word = |text: &str| word(text);
            let parts = [word(&m.video_decision), word(&m.audio_decision)];
            if parts.iter().all(Option::is_none) { stream.decision() } else { Decision::combine(parts) }
        }
        text => Decision::parse(text),
    }
}

fn word(text: &str) -> Option<Decision> {
    let text = text.trim();
    (!text.is_empty()).then(|| Decision::parse(text))
}

fn on(number: Option<i64>) -> bool {
    number.is_some_and(|number| number != 0)
}

fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

fn source(m: &Media) -> MediaVersion {
    let full = if m.video_full_resolution.is_empty() {
        full_resolution(&m.video_resolution, &m.video_scan_type)
    } else {
        m.video_full_resolution.clone()
    };
    let has_video = !m.video_codec.is_empty() || m.video_width.is_some();
    let has_audio = !m.audio_codec.is_empty();
    MediaVersion {
        container: m.container.clone(),
        bitrate: m.bitrate,
        width: m.width,
        height: m.height,
        aspect_ratio: m.aspect_ratio.clone(),
        video_codec: m.video_codec.clone(),
        video_resolution: m.video_resolution.clone(),
        full_resolution: full,
        video_framerate: m.video_framerate.clone(),
        audio_codec: m.audio_codec.clone(),
        audio_channels: m.audio_channels,
        duration_ms: m.duration.filter(|ms| *ms > 0),
        optimized: on(m.optimized_version),
        optimized_title: m.optimized_version_title.clone(),
        synced: on(m.synced_version),
        video: has_video.then(|| VideoTrack {
            codec: m.video_codec.clone(),
            codec_level: m.video_codec_level.clone(),
            bitrate: m.video_bitrate,
            bit_depth: m.video_bit_depth,
            width: m.video_width,
            height: m.video_height,
            scan_type: m.video_scan_type.clone(),
            dynamic_range: m.video_dynamic_range.clone(),
            ..VideoTrack::default()
        }),
        audio: has_audio.then(|| AudioTrack {
            codec: m.audio_codec.clone(),
            bitrate: m.audio_bitrate,
            channels: m.audio_channels,
            language: m.audio_language.clone(),
            language_code: m.audio_language_code.clone(),
            ..AudioTrack::default()
        }),
        subtitle: on(m.subtitles).then(|| SubtitleTrack {
            codec: m.subtitle_codec.clone(),
            forced: on(m.subtitle_forced),
            language: m.subtitle_language.clone(),
            ..SubtitleTrack::default()
        }),
        ..MediaVersion::default()
    }
}

/// The columns of resolutions that are empty, where `stream` has one that comes of others.
pub(super) fn unrecorded(m: &Media, stream: &StreamDetail) -> Vec<&'static str> {
    [
        (SOURCE_RESOLUTION, &m.video_full_resolution, &stream.source.full_resolution),
        ("stream_video_full_resolution", &m.stream_video_full_resolution, &stream.delivered.full_resolution),
    ]
    .into_iter()
    .filter(|(_, said, known)| said.is_empty() && !known.is_empty())
    .map(|(column, ..)| column)
    .collect()
}

/// Plays from before delivered versions were kept have none of their columns: what was delivered then is not known.
fn delivered(m: &Media) -> MediaVersion {
    let video = word(&m.stream_video_decision).or(word(&m.video_decision));
    let audio = word(&m.stream_audio_decision).or(word(&m.audio_decision));
    let subtitle = word(&m.stream_subtitle_decision);
    MediaVersion {
        container: m.stream_container.clone(),
        bitrate: m.stream_bitrate,
        width: m.stream_video_width,
        height: m.stream_video_height,
        video_codec: m.stream_video_codec.clone(),
        video_resolution: m.stream_video_resolution.clone(),
        full_resolution: first([m.stream_video_full_resolution.as_str(), &m.stream_video_resolution]),
        video_framerate: m.stream_video_framerate.clone(),
        audio_codec: m.stream_audio_codec.clone(),
        audio_channels: m.stream_audio_channels,
        protocol: m.transcode_protocol.clone(),
        decision: word(&m.stream_container_decision),
        video: video.map(|decision| VideoTrack {
            codec: m.stream_video_codec.clone(),
            codec_level: m.stream_video_codec_level.clone(),
            bitrate: m.stream_video_bitrate,
            bit_depth: m.stream_video_bit_depth,
            width: m.stream_video_width,
            height: m.stream_video_height,
            scan_type: m.stream_video_scan_type.clone(),
            dynamic_range: m.stream_video_dynamic_range.clone(),
            decision: Some(decision),
            ..VideoTrack::default()
        }),
        audio: audio.map(|decision| AudioTrack {
            codec: m.stream_audio_codec.clone(),
            bitrate: m.stream_audio_bitrate,
            channels: m.stream_audio_channels,
            language: m.stream_audio_language.clone(),
            language_code: m.stream_audio_language_code.clone(),
            decision: Some(decision),
            ..AudioTrack::default()
        }),
        subtitle: subtitle.map(|decision| SubtitleTrack {
            codec: m.stream_subtitle_codec.clone(),
            container: m.stream_subtitle_container.clone(),
            forced: on(m.stream_subtitle_forced),
            language: m.stream_subtitle_language.clone(),
            decision: Some(decision),
            ..SubtitleTrack::default()
        }),
        ..MediaVersion::default()
    }
}

fn transcode(m: &Media) -> Option<Transcode> {
    let texts =
        [&m.transcode_protocol, &m.transcode_container, &m.transcode_video_codec, &m.transcode_audio_codec];
    if texts.into_iter().all(String::is_empty) {
        return None;
    }
    Some(Transcode {
        protocol: m.transcode_protocol.clone(),
        container: m.transcode_container.clone(),
        video_codec: m.transcode_video_codec.clone(),
        audio_codec: m.transcode_audio_codec.clone(),
        audio_channels: m.transcode_audio_channels,
        width: m.transcode_width,
        height: m.transcode_height,
        video_decision: word(&m.video_decision),
        audio_decision: word(&m.audio_decision),
        subtitle_decision: word(&m.stream_subtitle_decision),
        hw_requested: on(m.transcode_hw_requested),
        hw_full_pipeline: on(m.transcode_hw_full_pipeline),
        hw_decode: m.transcode_hw_decode.clone(),
        hw_decode_title: m.transcode_hw_decode_title.clone(),
        hw_encode: m.transcode_hw_encode.clone(),
        hw_encode_title: m.transcode_hw_encode_title.clone(),
        ..Transcode::default()
    })
}
