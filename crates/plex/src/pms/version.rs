//! A `Media` element and one of its parts to [`MediaVersion`], and all of them to files.

use super::tracks::{self, Choice};
use crate::wire::Node;
use tautulli_domain::media::{MediaFile, MediaVersion, full_resolution};

/// How Plex marks what its optimiser made.
const OPTIMIZED: i64 = 42;

/// Every part of every version of a library item, with the tracks of `choice` in them.
pub(super) fn files(item: &Node, choice: Choice<'_>) -> Vec<MediaFile> {
    let nothing = Node::default();
    let mut files = Vec::new();
    for media in item.all("Media") {
        let mut parts = media.all("Part").peekable();
        if parts.peek().is_none() {
            files.push(MediaFile { version: read(media, &nothing, choice), ..MediaFile::default() });
        }
        files.extend(parts.map(|part| MediaFile {
            version: read(media, part, choice),
            selected: part.flag("selected"),
            tracks: tracks::all(part),
        }));
    }
    files
}

/// The version that a session row delivers: what is selected, else the first.
pub(super) fn delivered(row: &Node) -> MediaVersion {
    let nothing = Node::default();
    let media = row.selected("Media").unwrap_or(&nothing);
    let part = media.selected("Part").unwrap_or(&nothing);
    let mut version = read(media, part, Choice::default());
    version.decision = tracks::decision(part, "decision");
    version
}

fn read(media: &Node, part: &Node, choice: Choice<'_>) -> MediaVersion {
    let (mut video, mut audio) = (tracks::video(part), tracks::audio(part, choice));
    let resolution = media.text("videoResolution");
    let full = full_resolution(&resolution, video.as_ref().map_or("", |v| v.scan_type.as_str()));
    let optimized = media.int("proxyType") == Some(OPTIMIZED);
    let (video_codec, audio_codec) = (tracks::codec(media, "videoCodec"), tracks::codec(media, "audioCodec"));
    if let Some(video) = video.as_mut().filter(|v| v.codec.is_empty()) {
        video.codec.clone_from(&video_codec);
    }
    if let Some(audio) = audio.as_mut().filter(|a| a.codec.is_empty()) {
        audio.codec.clone_from(&audio_codec);
    }
    MediaVersion {
        media_id: media.text("id"),
        part_id: part.text("id"),
        container: either(media, part, "container"),
        bitrate: tracks::kbps(media, "bitrate").or_else(|| tracks::kbps(part, "bitrate")),
        width: media.int("width"),
        height: media.int("height"),
        aspect_ratio: media.text("aspectRatio"),
        full_resolution: full,
        video_resolution: plain_resolution(&resolution),
        video_framerate: media.text("videoFrameRate"),
        video_profile: media.text("videoProfile"),
        audio_channels: media.int("audioChannels"),
        audio_profile: media.text("audioProfile"),
        protocol: either(media, part, "protocol"),
        duration_ms: media.int("duration").or_else(|| part.int("duration")).filter(|ms| *ms > 0),
        optimized,
        optimized_title: if optimized { media.text("title") } else { String::new() },
        synced: false,
        file: part.text("file"),
        file_size: part.int("size").filter(|bytes| *bytes >= 0),
        has_previews: part.get("indexes").is_some_and(|kinds| !kinds.is_empty()),
        decision: None,
        video_codec,
        audio_codec,
        video,
        audio,
        subtitle: tracks::subtitle(part, choice),
    }
}

fn either(media: &Node, part: &Node, key: &str) -> String {
    media.get(key).or_else(|| part.get(key)).unwrap_or_default().to_owned()
}

/// `720p` of an output and `720` of a library are the same resolution.
fn plain_resolution(resolution: &str) -> String {
    let lower = resolution.to_lowercase();
    let plain = lower.strip_suffix(['p', 'i']).unwrap_or(&lower);
    if !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit()) { plain.to_owned() } else { lower }
}
