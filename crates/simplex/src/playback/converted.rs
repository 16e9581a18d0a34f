//! Owns Media, Part and Stream of a converted playback: they describe the output, with the ids of the source.

use super::session::Session;
use super::{Decision, Treatment};
use crate::clock::{real, whole};
use crate::node::Node;
use crate::world::{Media, Part, Stream};

const KEPT: [&str; 9] = [
    "default",
    "displayTitle",
    "extendedDisplayTitle",
    "frameRate",
    "language",
    "languageCode",
    "languageTag",
    "selected",
    "forced",
];

/// The picture as it goes out.
struct Output {
    video: bool,
    height: Option<i64>,
    width: Option<i64>,
    rate: Option<i64>,
}

impl Output {
    fn of(d: &Decision, media: &Media) -> Self {
        let transcoding = d.video == Treatment::Transcode;
        let moving = matches!(d.video, Treatment::Copy | Treatment::Transcode);
        let video = moving && media.width.is_some_and(|width| width != 0);
        let source = media.height.filter(|height| *height != 0);
        let height =
            if transcoding { Some(d.height().min(source.unwrap_or(d.height()))) } else { media.height };
        let lines = real(height.filter(|h| *h != 0).unwrap_or(9));
        let exact = real(media.width.unwrap_or(16)) * lines / real(source.unwrap_or(9)) / 2.0;
        let most = media.bitrate.filter(|rate| *rate != 0).unwrap_or(d.kbps());
        Self {
            video,
            height,
            width: video.then(|| whole(exact.round_ties_even()) * 2),
            rate: if transcoding || !video { Some(d.kbps().min(most)) } else { media.bitrate },
        }
    }
}

fn resolution(d: &Decision, media: &Media, height: Option<i64>) -> String {
    let source = media.video_resolution.as_deref();
    match (d.video, height) {
        (Treatment::Transcode, Some(lines @ (1080 | 720 | 480))) => format!("{lines}p"),
        (Treatment::Transcode, _) => "SD".to_owned(),
        _ => match source {
            Some(name @ ("4k" | "sd" | "2k")) => name.to_owned(),
            other => format!("{}p", other.unwrap_or("None")),
        },
    }
}

impl Session {
    pub(super) fn converted(&self, media: &Media, part: &Part, chosen: &[&Stream]) -> Node {
        let d = &self.decision;
        let out = Output::of(d, media);
        let profile = part.attrs.get("videoProfile").filter(|_| out.video);
        let common = |node: Node| {
            node.with("duration", media.duration)
                .with("height", out.height.filter(|_| out.video))
                .with("width", out.width)
                .with("protocol", &d.protocol)
                .with("optimizedForStreaming", (d.container == "mp4").then_some(true))
        };
        let streams = chosen.iter().map(|stream| self.converted_stream(stream, &out));
        let head = Node::new("Part").with("id", part.id).with("videoProfile", profile);
        let body = common(head.with("bitrate", out.rate).with("container", &d.container))
            .with("indexes", part.attrs.get("indexes"))
            .with("decision", "transcode")
            .with("selected", true)
            .holding(streams);
        let audio = d.audio == Treatment::Transcode;
        let video_codec = if d.video == Treatment::Transcode {
            Some(d.video_codec.clone())
        } else {
            media.video_codec.clone()
        };
        let head = Node::new("Media")
            .with("id", media.id)
            .with("videoProfile", profile)
            .with("audioChannels", if audio { Some(2) } else { media.audio_channels })
            .with("audioCodec", if audio { Some(d.audio_codec.clone()) } else { media.audio_codec.clone() })
            .with("bitrate", out.rate)
            .with("container", &d.container);
        common(head)
            .with("videoCodec", video_codec.filter(|_| out.video))
            .with("videoFrameRate", media.attrs.get("videoFrameRate"))
            .with("videoResolution", out.video.then(|| resolution(d, media, out.height)))
            .with("selected", true)
            .holding([body])
    }

    fn converted_stream(&self, stream: &Stream, out: &Output) -> Node {
        let kept = KEPT.into_iter().filter_map(|name| Some((name, stream.get(name)?)));
        let node = Node::new("Stream").with("id", stream.id).with("streamType", stream.kind).with_all(kept);
        let mut node = match stream.kind {
            Stream::VIDEO => self.video_out(node, stream, out),
            Stream::AUDIO => self.audio_out(node, stream),
            _ => self.subtitle_out(node, stream),
        };
        node.sort();
        node
    }

    fn carrier(&self, segments: &'static str) -> &'static str {
        if self.decision.protocol == "http" { "direct" } else { segments }
    }

    fn video_out(&self, node: Node, stream: &Stream, out: &Output) -> Node {
        let d = &self.decision;
        let how = if d.video == Treatment::Absent { Treatment::Copy } else { d.video };
        let converted = how == Treatment::Transcode;
        let source = stream.get("bitrate").unwrap_or_default();
        node.with("bitrate", if converted { d.kbps().to_string() } else { source.to_owned() })
            .with("codec", if converted { &d.video_codec } else { &stream.codec })
            .with("height", out.height)
            .with("width", out.width)
            .with("decision", how.word())
            .with("location", self.carrier("segments-video"))
    }

    fn audio_out(&self, node: Node, stream: &Stream) -> Node {
        let d = &self.decision;
        let how = d.audio.or_copy();
        let converted = how == Treatment::Transcode;
        let pick =
            |out: &'static str, name| if converted { out } else { stream.get(name).unwrap_or_default() };
        node.with("bitrate", pick("256", "bitrate"))
            .with("bitrateMode", converted.then_some("cbr"))
            .with("channels", pick("2", "channels"))
            .with("codec", if converted { &d.audio_codec } else { &stream.codec })
            .with("decision", how.word())
            .with("location", self.carrier("segments-audio"))
    }

    fn subtitle_out(&self, node: Node, stream: &Stream) -> Node {
        let how = match self.decision.subtitle {
            Treatment::Absent => Treatment::Copy,
            other => other,
        };
        let burn = how == Treatment::Burn;
        node.with("codec", if how == Treatment::Transcode { "webvtt" } else { stream.codec.as_str() })
            .with("selected", true)
            .with("decision", how.word())
            .with("burn", burn.then_some("1"))
            .with("location", if burn { "segments-video" } else { "segments-subs" })
    }
}
