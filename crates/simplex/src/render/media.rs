//! Owns Media, Part and Stream elements of stored files.

use crate::node::Node;
use crate::world::{Media, Part, Stream};

const LEADING: [&str; 5] = ["key", "default", "selected", "forced", "hearingImpaired"];

pub(crate) fn stream_node(stream: &Stream) -> Node {
    let lead = LEADING.into_iter().filter_map(|name| Some((name, stream.get(name)?)));
    Node::new("Stream")
        .with("id", stream.id)
        .with("streamType", stream.kind)
        .with_all(lead)
        .with("codec", &stream.codec)
        .with_all(stream.attrs.iter().filter(|(name, _)| !LEADING.contains(name)))
}

/// A Part without its streams.
pub(crate) fn part_attrs(part: &Part) -> Node {
    Node::new("Part")
        .with("id", part.id)
        .with("key", &part.key)
        .with("duration", part.duration)
        .with("file", &part.file)
        .with("size", part.size)
        .with_all(part.attrs.iter())
        .with("container", &part.container)
}

/// A Media without its parts.
pub(crate) fn media_attrs(media: &Media) -> Node {
    Node::new("Media")
        .with("id", media.id)
        .with("duration", media.duration)
        .with("bitrate", media.bitrate)
        .with("width", media.width)
        .with("height", media.height)
        .with("aspectRatio", media.attrs.get("aspectRatio"))
        .with("audioChannels", media.audio_channels)
        .with("audioCodec", &media.audio_codec)
        .with("videoCodec", &media.video_codec)
        .with("videoResolution", &media.video_resolution)
        .with("container", &media.container)
        .with_all(media.attrs.iter().filter(|(name, _)| *name != "aspectRatio"))
}

/// A Media with its parts; `files` says whether the files were looked for.
pub(crate) fn media_node(media: &Media, streams: bool, files: bool) -> Node {
    let parts = media.parts.iter().map(|part| {
        let mut node = part_attrs(part);
        if files {
            node.set("accessible", true);
            node.set("exists", true);
        }
        if streams {
            node.extend(part.streams.iter().map(stream_node));
        }
        node
    });
    media_attrs(media).holding(parts)
}
