//! The transcoder of a session row, and which of the row's decisions to believe (ACT-16).

use super::tracks::{codec, decision};
use crate::wire::Node;
use tautulli_domain::Transcode;
use tautulli_domain::media::{Decision, MediaVersion};

/// The transcoder, beside the media or, for live television, inside it.
pub(super) fn node(row: &Node) -> Option<&Node> {
    row.child("TranscodeSession").or_else(|| row.selected("Media")?.child("TranscodeSession"))
}

pub(super) fn read(node: &Node) -> Transcode {
    Transcode {
        key: last_segment(node.get("key").unwrap_or_default()).to_owned(),
        progress: node.float("progress").unwrap_or_default(),
        speed: node.float("speed").unwrap_or_default(),
        throttled: node.flag("throttled"),
        max_offset_s: node.float("maxOffsetAvailable"),
        min_offset_s: node.float("minOffsetAvailable"),
        protocol: node.text("protocol"),
        container: node.text("container"),
        video_codec: codec(node, "videoCodec"),
        audio_codec: codec(node, "audioCodec"),
        audio_channels: node.int("audioChannels"),
        width: node.int("width"),
        height: node.int("height"),
        video_decision: decision(node, "videoDecision"),
        audio_decision: decision(node, "audioDecision"),
        subtitle_decision: decision(node, "subtitleDecision"),
        hw_requested: node.flag("transcodeHwRequested"),
        hw_full_pipeline: node.flag("transcodeHwFullPipeline"),
        hw_decode: node.text("transcodeHwDecoding"),
        hw_decode_title: node.text("transcodeHwDecodingTitle"),
        hw_encode: node.text("transcodeHwEncoding"),
        hw_encode_title: node.text("transcodeHwEncodingTitle"),
    }
}

/// Makes the transcoder and what is delivered agree.
///
/// A server attaches a transcoder whenever a player asked what to do, so a part that is played directly outweighs it.
/// Where the part says nothing (old servers, live television), the transcoder's own decisions do.
pub(super) fn reconcile(node: &Node, transcode: &mut Transcode, delivered: &mut MediaVersion) {
    if node.get("videoCodec") == Some("*") {
        transcode.video_codec = same_as_source(&delivered.video_codec, node, "sourceVideoCodec");
    }
    if node.get("audioCodec") == Some("*") {
        transcode.audio_codec = same_as_source(&delivered.audio_codec, node, "sourceAudioCodec");
    }
    match delivered.decision {
        Some(Decision::DirectPlay) => {
            transcode.video_decision = None;
            transcode.audio_decision = None;
            transcode.subtitle_decision = None;
        }
        Some(_) => delivered.decision = Some(Decision::Transcode),
        None => {
            let decided = [transcode.video_decision, transcode.audio_decision, transcode.subtitle_decision];
            let direct = decided.into_iter().flatten().all(|d| d == Decision::DirectPlay);
            delivered.decision = Some(if direct { Decision::DirectPlay } else { Decision::Transcode });
        }
    }
}

/// Copied as it is: what leaves the server has the codec that the transcoder does not name.
fn same_as_source(delivered: &str, node: &Node, key: &str) -> String {
    if delivered.is_empty() { codec(node, key) } else { delivered.to_owned() }
}

/// `/transcode/sessions/ID` and `ID` name the same.
pub(crate) fn last_segment(key: &str) -> &str {
    key.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}
