//! Owns how a broadcast that is being watched looks in /status/sessions.

use super::session::Session;
use crate::clock::whole;
use crate::node::Node;
use crate::world::{Channel, Programme};

impl Session {
    pub(super) fn broadcast(&self, programme: &Programme, path: &str) -> Node {
        let p = programme;
        let of_show = p.show.is_some();
        Node::new("Video")
            .with("ratingKey", p.rating_key)
            .with("key", path)
            .with("guid", &p.guid)
            .with("type", &p.kind)
            .with("title", &p.title)
            .with("titleSort", &p.title)
            .with("summary", &p.summary)
            .with("year", p.year)
            .with("index", p.index)
            .with("live", true)
            .with("parentIndex", p.parent_index)
            .with("grandparentTitle", &p.show)
            .with("contentRating", &p.content_rating)
            .with("grandparentThumb", p.thumb.as_ref().filter(|_| of_show))
            .with("thumb", p.thumb.as_ref().filter(|_| !of_show))
            .with("addedAt", whole(self.started))
            .with("duration", p.duration)
            .with("genuineMediaAnalysis", true)
    }

    pub(super) fn broadcast_media(
        &self,
        programme: &Programme,
        channel: Option<&Channel>,
        uuid: &str,
    ) -> Node {
        let key = programme.rating_key;
        let part = Node::new("Part")
            .with("id", format!("{key}9"))
            .with("container", "mpegts")
            .with("protocol", "hls")
            .with("decision", "transcode")
            .with("selected", true)
            .holding([self.broadcast_video(key), self.broadcast_audio(key)]);
        let media = Node::new("Media").with("id", format!("{key}8")).with_all([
            ("audioChannels", "6"),
            ("audioCodec", "ac3"),
            ("container", "mpegts"),
            ("origin", "livetv"),
            ("protocol", "hls"),
            ("uuid", uuid),
            ("videoCodec", "h264"),
            ("videoResolution", "1080"),
            ("width", "1920"),
            ("height", "1080"),
            ("selected", "1"),
        ]);
        let media = match channel {
            Some(c) => media.with_all([
                ("channelCallSign", c.call_sign.as_str()),
                ("channelID", &c.id),
                ("channelIdentifier", &c.vcn),
                ("channelThumb", &c.thumb),
                ("channelTitle", &c.title),
                ("channelVcn", &c.vcn),
            ]),
            None => media,
        };
        media.holding([part])
    }

    fn broadcast_video(&self, key: u64) -> Node {
        Node::new("Stream").with("id", format!("{key}1")).with_all([
            ("streamType", "1"),
            ("codec", "h264"),
            ("index", "0"),
            ("closedCaptions", "1"),
            ("frameRate", "29.970"),
            ("height", "1080"),
            ("scanType", "interlaced"),
            ("width", "1920"),
            ("displayTitle", "1080i (H.264)"),
            ("decision", self.decision.video.word().unwrap_or_default()),
            ("location", "segments-av"),
        ])
    }

    fn broadcast_audio(&self, key: u64) -> Node {
        Node::new("Stream").with("id", format!("{key}2")).with_all([
            ("streamType", "2"),
            ("selected", "1"),
            ("codec", "ac3"),
            ("index", "1"),
            ("channels", "6"),
            ("bitrate", "384"),
            ("audioChannelLayout", "5.1(side)"),
            ("samplingRate", "48000"),
            ("displayTitle", "Unknown (AC3 5.1)"),
            ("decision", self.decision.audio.word().unwrap_or_default()),
            ("location", "segments-av"),
        ])
    }
}
