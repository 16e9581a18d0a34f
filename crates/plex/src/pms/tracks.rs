//! The `Stream` elements: video, audio and subtitle tracks as they lie on disk or as they leave the server.

use crate::wire::Node;
use tautulli_domain::media::{AudioTrack, Decision, DolbyVision, SubtitleTrack, VideoTrack, dynamic_range};
use tautulli_domain::media::{MediaTrack, TrackContent};

const VIDEO: i64 = 1;
const AUDIO: i64 = 2;
const SUBTITLE: i64 = 3;
/// kbit/s that no stream has; Plex fills in the largest integer where it knows nothing.
const ABSURD_KBPS: i64 = 10_000_000;

/// Which tracks are meant where a part lists many; empty ids mean those that are marked as selected.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Choice<'a> {
    pub audio: &'a str,
    pub subtitle: &'a str,
}

/// kbit/s as Plex tells them, without what cannot be true.
pub(super) fn kbps(node: &Node, key: &str) -> Option<i64> {
    node.int(key).filter(|kbps| (1..ABSURD_KBPS).contains(kbps))
}

/// The codec's name; `*` means "as the source", which is for others to resolve.
pub(super) fn codec(node: &Node, key: &str) -> String {
    node.get(key).filter(|name| *name != "*").unwrap_or_default().to_owned()
}

/// What the server does to an element; `None` where it does not say.
pub(super) fn decision(node: &Node, key: &str) -> Option<Decision> {
    node.get(key).filter(|word| !word.is_empty()).map(Decision::parse)
}

pub(super) fn video(part: &Node) -> Option<VideoTrack> {
    let chosen = streams(part, VIDEO).find(|s| s.flag("selected"));
    chosen.or_else(|| streams(part, VIDEO).next()).map(read_video)
}

fn read_video(node: &Node) -> VideoTrack {
    let (bit_depth, decided) = (node.int("bitDepth"), decision(node, "decision"));
    let (color_space, color_trc, display_title) =
        (node.text("colorSpace"), node.text("colorTrc"), node.text("displayTitle"));
    // The title of a transcoded track still describes the source; only the output's own colours tell its range.
    let telling_title = if decided == Some(Decision::Transcode) { "" } else { &display_title };
    VideoTrack {
        id: node.text("id"),
        codec: codec(node, "codec"),
        codec_level: node.text("level"),
        profile: node.text("profile"),
        bitrate: kbps(node, "bitrate"),
        bit_depth,
        chroma_subsampling: node.text("chromaSubsampling"),
        color_primaries: node.text("colorPrimaries"),
        color_range: node.text("colorRange"),
        dynamic_range: dynamic_range(
            telling_title,
            bit_depth.and_then(|bits| i32::try_from(bits).ok()),
            &color_space,
            &color_trc,
        ),
        color_space,
        color_trc,
        dolby_vision: node.flag("DOVIPresent").then(|| dolby_vision(node)),
        frame_rate: frame_rate(node),
        ref_frames: node.int("refFrames"),
        width: node.int("width"),
        height: node.int("height"),
        language: node.text("language"),
        language_code: node.text("languageCode"),
        scan_type: node.text("scanType"),
        display_title,
        decision: decided,
    }
}

pub(super) fn audio(part: &Node, choice: Choice<'_>) -> Option<AudioTrack> {
    chosen(part, AUDIO, choice.audio).or_else(|| streams(part, AUDIO).next()).map(read_audio)
}

fn read_audio(node: &Node) -> AudioTrack {
    AudioTrack {
        id: node.text("id"),
        codec: codec(node, "codec"),
        profile: node.text("profile"),
        bitrate: kbps(node, "bitrate"),
        bitrate_mode: node.text("bitrateMode"),
        channels: node.int("channels"),
        channel_layout: node.text("audioChannelLayout"),
        sample_rate: node.int("samplingRate"),
        language: node.text("language"),
        language_code: node.text("languageCode"),
        display_title: node.text("displayTitle"),
        decision: decision(node, "decision"),
    }
}

/// Subtitles are off unless one is chosen.
pub(super) fn subtitle(part: &Node, choice: Choice<'_>) -> Option<SubtitleTrack> {
    chosen(part, SUBTITLE, choice.subtitle).map(read_subtitle)
}

fn read_subtitle(node: &Node) -> SubtitleTrack {
    SubtitleTrack {
        id: node.text("id"),
        codec: codec(node, "codec"),
        container: node.text("container"),
        format: node.text("format"),
        forced: node.flag("forced"),
        location: node.text("location"),
        language: node.text("language"),
        language_code: node.text("languageCode"),
        display_title: node.text("displayTitle"),
        transient: node.flag("transient"),
        decision: decision(node, "decision"),
    }
}

/// Every track of a part, in the server's order; what is neither seen, heard nor read is left out.
pub(super) fn all(part: &Node) -> Vec<MediaTrack> {
    let read = |node: &Node| {
        let content = match node.int("streamType") {
            Some(VIDEO) => TrackContent::Video(Box::new(read_video(node))),
            Some(AUDIO) => TrackContent::Audio(read_audio(node)),
            Some(SUBTITLE) => TrackContent::Subtitle(placed(read_subtitle(node), node)),
            _ => return None,
        };
        Some(MediaTrack { selected: node.flag("selected"), content })
    };
    part.all("Stream").filter_map(read).collect()
}

/// Files of their own have an address; what has none is in the video's file.
fn placed(mut subtitle: SubtitleTrack, node: &Node) -> SubtitleTrack {
    if subtitle.location.is_empty() {
        subtitle.location = if node.get("key").is_some() { "external" } else { "embedded" }.to_owned();
    }
    subtitle
}

fn streams(part: &Node, kind: i64) -> impl Iterator<Item = &Node> {
    part.all("Stream").filter(move |stream| stream.int("streamType") == Some(kind))
}

fn chosen<'a>(part: &'a Node, kind: i64, id: &str) -> Option<&'a Node> {
    let named = streams(part, kind).find(|s| !id.is_empty() && s.get("id") == Some(id));
    named.or_else(|| streams(part, kind).find(|s| s.flag("selected")))
}

/// Three decimals, as the library writes them: sessions tell the same rate as `59.939999999999998`.
fn frame_rate(node: &Node) -> String {
    node.float("frameRate").map_or_else(|| node.text("frameRate"), |rate| format!("{rate:.3}"))
}

fn dolby_vision(node: &Node) -> DolbyVision {
    DolbyVision {
        profile: node.int("DOVIProfile"),
        level: node.int("DOVILevel"),
        version: node.text("DOVIVersion"),
        base_layer: node.flag("DOVIBLPresent"),
        enhancement_layer: node.flag("DOVIELPresent"),
        reference_unit: node.flag("DOVIRPUPresent"),
    }
}
