//! Owns one playback: position, identity on the wire, its notification and its element.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Decision, Treatment};
use crate::clock::{real, whole};
use crate::node::Node;
use crate::render::{item_attrs, media_attrs, part_attrs, stream_node, tag_nodes};
use crate::world::{Channel, Device, Item, ItemKind, Media, Programme, Stream, User, World};

/// What kind of thing is played; `Provider` is content from the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Library,
    Live,
    Theme,
    Preroll,
    Provider,
    Synced,
}

/// What a player says it is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Playing,
    Paused,
    Buffering,
    Stopped,
    Error,
}

impl State {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Playing => "playing",
            Self::Paused => "paused",
            Self::Buffering => "buffering",
            Self::Stopped => "stopped",
            Self::Error => "error",
        }
    }
}

/// Where the picture comes from. Items are looked up by key, so that changes to them show.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    Item(Box<Item>),
    Broadcast { programme: Box<Programme>, channel: Option<Channel>, uuid: String },
}

/// A playback. Offsets in milliseconds, times in unix seconds.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub key: u64,
    pub id: String,
    pub user: User,
    pub device: Device,
    pub decision: Decision,
    pub kind: Kind,
    pub origin: Origin,
    pub media_index: usize,
    pub state: State,
    /// Where playback stood at `anchor`.
    pub offset: i64,
    pub anchor: f64,
    pub started: f64,
    /// Empty for direct play.
    pub transcode_id: String,
    pub bandwidth: Option<i64>,
    pub play_queue: u64,
    pub queue_item: u64,
    pub playback_id: String,
    pub subtitle_stream: Option<u64>,
    /// Attributes of the item's element to override.
    pub extra: Vec<(String, String)>,
}

impl Session {
    pub(crate) fn item(&self) -> Option<&Item> {
        match &self.origin {
            Origin::Item(item) => Some(item),
            Origin::Broadcast { .. } => None,
        }
    }

    pub(crate) fn live_uuid(&self) -> Option<&str> {
        match &self.origin {
            Origin::Broadcast { uuid, .. } => Some(uuid),
            Origin::Item(_) => None,
        }
    }

    pub(crate) fn is_live(&self) -> bool {
        self.kind == Kind::Live
    }

    /// Length in milliseconds, 0 when unknown.
    pub(crate) fn duration(&self) -> i64 {
        match &self.origin {
            Origin::Item(item) => item.about.duration.unwrap_or(0),
            Origin::Broadcast { programme, .. } => programme.duration,
        }
    }

    pub(crate) fn position(&self, now: f64) -> i64 {
        if self.state != State::Playing {
            return self.offset;
        }
        let moved = self.offset + whole((now - self.anchor) * 1000.0);
        let length = self.duration();
        if length != 0 && !self.is_live() { moved.min(length) } else { moved }
    }

    pub(crate) fn move_to(&mut self, offset: i64, now: f64) {
        self.offset = offset;
        self.anchor = now;
    }

    pub(crate) fn rating_key(&self) -> String {
        match &self.origin {
            Origin::Item(item) if self.kind == Kind::Provider => {
                item.guid.rsplit('/').next().unwrap_or_default().to_owned()
            }
            Origin::Item(item) => item.rating_key.to_string(),
            Origin::Broadcast { programme, .. } => programme.rating_key.to_string(),
        }
    }

    fn path(&self) -> String {
        match &self.origin {
            Origin::Broadcast { uuid, .. } => format!("/livetv/sessions/{uuid}"),
            Origin::Item(item) if self.kind == Kind::Theme => {
                format!("/library/metadata/{}/theme/{}", item.rating_key, item.about.updated_at.unwrap_or(0))
            }
            Origin::Item(_) => format!("/library/metadata/{}", self.rating_key()),
        }
    }

    /// The entry of a `playing` message.
    pub(crate) fn notification(&self, now: f64, state: Option<State>) -> Value {
        let mut entry = json!({
            "sessionKey": self.key.to_string(),
            "clientIdentifier": self.device.machine_id,
            "guid": "",
            "ratingKey": self.rating_key(),
            "url": "",
            "key": self.path(),
            "viewOffset": self.position(now),
            "playQueueItemID": self.queue_item,
            "playQueueID": self.play_queue,
            "state": state.unwrap_or(self.state).word(),
        });
        if let Some(entry) = entry.as_object_mut().filter(|_| !self.transcode_id.is_empty()) {
            entry.insert("transcodeSession".to_owned(), self.transcode_id.clone().into());
        }
        entry
    }

    /// The element in /status/sessions.
    pub(crate) fn node(&self, world: &World, now: f64) -> Node {
        let mut node = self.element(world);
        node.set("sessionKey", self.key);
        node.set("viewOffset", self.position(now));
        for (name, value) in &self.extra {
            node.set(name, value);
        }
        node.sort();
        node.push(self.media());
        if let Some(item) = self.item().filter(|_| matches!(self.kind, Kind::Library | Kind::Synced)) {
            node.extend(tag_nodes(item, false));
            node.extend(item.about.guids.iter().map(|guid| Node::new("Guid").with("id", guid)));
        }
        let user = &self.user;
        node.push(
            Node::new("User").with("id", user.local_id).with("thumb", &user.thumb).with("title", &user.title),
        );
        node.push(self.player());
        if self.kind != Kind::Theme {
            let session = Node::new("Session").with("id", &self.id).with("bandwidth", self.bandwidth());
            node.push(session.with("location", &self.device.location));
        }
        if !self.transcode_id.is_empty() {
            node.push(self.transcode_node(now, false));
        }
        node
    }

    fn element(&self, world: &World) -> Node {
        let item = match &self.origin {
            Origin::Item(item) => item,
            Origin::Broadcast { programme, .. } => return self.broadcast(programme, &self.path()),
        };
        if self.kind == Kind::Theme {
            return Node::new("Track")
                .with("key", self.path())
                .with("ratingKey", item.rating_key)
                .with("guid", format!("library://{}/theme", item.rating_key))
                .with("type", "track")
                .with("title", format!("{} (theme)", item.title))
                .with("duration", 30000)
                .with("librarySectionID", item.section_id);
        }
        let mut node = item_attrs(world, item, self.kind != Kind::Provider);
        if !matches!(item.kind, ItemKind::Track | ItemKind::Photo) {
            node = node.renamed("Video");
        }
        match self.kind {
            Kind::Preroll => {
                node.set("guid", format!("prerolls://{}", item.rating_key));
                node.set("type", "clip");
                node.set("subtype", "preroll");
                node.remove("extraType");
            }
            Kind::Provider => {
                node.set("ratingKey", self.rating_key());
                node.set("key", self.path());
                node.set("sourceTitle", "Movies & Shows on Plex");
                node.set("sourceIcon", "https://provider-static.plex.tv/vod/logo.svg");
            }
            _ => {}
        }
        node
    }

    fn player(&self) -> Node {
        let d = &self.device;
        let texts = [
            ("address", &d.address),
            ("device", &d.device),
            ("machineIdentifier", &d.machine_id),
            ("model", &d.model),
            ("platform", &d.platform),
            ("platformVersion", &d.platform_version),
            ("playbackId", &self.playback_id),
            ("playbackSessionId", &format!("ps-{}", self.playback_id)),
            ("product", &d.product),
            ("profile", &d.profile),
            ("remotePublicAddress", &d.public_address),
        ]
        .map(|(name, value)| (name, value.clone()));
        let given = |value: &&str| !value.is_empty();
        Node::new("Player")
            .with_all(
                texts.iter().map(|(name, value)| (*name, value.as_str())).filter(|(_, value)| given(value)),
            )
            .with("state", self.state.word())
            .with("title", Some(d.title.as_str()).filter(given))
            .with("vendor", Some(d.vendor.as_str()).filter(given))
            .with("version", Some(d.version.as_str()).filter(given))
            .with("local", d.local)
            .with("relayed", d.relayed)
            .with("secure", d.secure)
            .with("userID", self.user.local_id)
            .with("title", &d.title)
    }

    /// What the server reckons the stream needs, kbit/s.
    pub(crate) fn bandwidth(&self) -> i64 {
        if let Some(set) = self.bandwidth {
            return set;
        }
        let Some(media) = self.source() else { return 8000 };
        let transcoding = self.decision.video == Treatment::Transcode;
        let rate = if transcoding { self.decision.kbps() } else { media.bitrate.unwrap_or(0) };
        whole(real(rate) * 1.06)
    }

    /// The version of the item that is played.
    pub(crate) fn source(&self) -> Option<&Media> {
        let media = &self.item()?.media;
        media.get(self.media_index).or(media.last())
    }

    fn media(&self) -> Node {
        if let Origin::Broadcast { programme, channel, uuid } = &self.origin {
            return self.broadcast_media(programme, channel.as_ref(), uuid);
        }
        let source = self.source().filter(|_| self.kind != Kind::Theme);
        let Some((media, part)) = source.and_then(|media| Some((media, media.parts.first()?))) else {
            let part = Node::new("Part").with("id", "0").with("container", "mp3");
            let part = part.with("decision", "directplay").with("selected", true);
            let media = Node::new("Media").with("id", "0").with("audioCodec", "mp3").with("container", "mp3");
            return media.with("selected", true).holding([part]);
        };
        let chosen = self.chosen(&part.streams);
        if !self.decision.is_direct() {
            return self.converted(media, part, &chosen);
        }
        let streams = chosen.into_iter().map(|stream| stream_node(stream).with("location", "direct"));
        let part = part_attrs(part).with("decision", "directplay").with("selected", true).holding(streams);
        media_attrs(media).with("selected", true).holding([part])
    }

    /// The video, the chosen audio and the chosen subtitle, if any.
    fn chosen<'s>(&self, streams: &'s [Stream]) -> Vec<&'s Stream> {
        let of = |kind: u8| streams.iter().filter(move |stream| stream.kind == kind);
        let selected = |kind: u8| of(kind).find(|stream| stream.is_selected());
        let subtitle = match self.subtitle_stream {
            Some(id) => of(Stream::SUBTITLE).find(|stream| stream.id == id),
            None if self.decision.subtitle != Treatment::Absent => {
                selected(Stream::SUBTITLE).or_else(|| of(Stream::SUBTITLE).next())
            }
            None => selected(Stream::SUBTITLE),
        };
        let audio = selected(Stream::AUDIO).or_else(|| of(Stream::AUDIO).next());
        of(Stream::VIDEO).next().into_iter().chain(audio).chain(subtitle).collect()
    }

    /// The entry of a transcodeSession message.
    pub(crate) fn transcode_entry(&self, now: f64) -> Map<String, Value> {
        self.transcode(now, true)
    }
}
