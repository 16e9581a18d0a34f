//! Owns live TV: tuners, the guide, what is being watched.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::core::{Core, Sim};
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::container;
use crate::world::Programme;

/// The guide's identifier, which is also the first part of its paths.
pub(super) const EPG: &str = "tv.plex.providers.epg.cloud:2";

pub(super) async fn dvrs(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let mappings = core.world.channels.iter().map(|channel| {
        Node::new("ChannelMapping")
            .with("channelKey", &channel.id)
            .with("deviceIdentifier", &channel.vcn)
            .with("enabled", 1)
            .with("lineupIdentifier", &channel.vcn)
    });
    let device = Node::new("Device")
        .with_all([
            ("parentID", "28"),
            ("key", "27"),
            ("uuid", "device://tv.plex.grabbers.hdhomerun/10ABCDEF"),
            ("uri", "http://192.168.1.40:80"),
            ("protocol", "livetv"),
            ("status", "alive"),
            ("state", "enabled"),
            ("make", "Silicondust"),
            ("model", "HDHomeRun FLEX"),
            ("tuners", "2"),
        ])
        .holding(mappings);
    let dvr = Node::new("Dvr")
        .with_all([
            ("key", "28"),
            ("uuid", "811e2e8a-f98f-4d1f-a26a-8bc26e4999a7"),
            ("language", "en"),
            ("lineupTitle", "Harbor Broadcast"),
            ("lineup", "lineup://tv.plex.providers.epg.cloud/5fc76d/Broadcast?x=1#Harbor"),
            ("country", "usa"),
        ])
        .with("refreshedAt", core.world.epoch)
        .with("epgIdentifier", EPG)
        .holding([device]);
    ask.reply(&container(vec![dvr]))
}

fn watched(core: &Core, uuid: Option<&str>) -> Vec<Node> {
    let live = core.sessions.iter().filter(|session| session.is_live());
    live.filter(|session| uuid.is_none() || session.live_uuid() == uuid)
        .map(|session| session.node(&core.world, core.now()))
        .collect()
}

pub(super) async fn sessions(State(sim): State<Sim>, ask: Ask) -> Response {
    ask.reply(&container(watched(&sim.core(), None)))
}

pub(super) async fn session(State(sim): State<Sim>, Path(uuid): Path<String>, ask: Ask) -> Response {
    let rows = watched(&sim.core(), Some(&uuid));
    if rows.is_empty() { missing() } else { ask.reply(&container(rows)) }
}

pub(super) async fn programme(
    State(sim): State<Sim>,
    Path((epg, guid)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    if !epg.starts_with("tv.plex.providers.epg.") {
        return missing();
    }
    let core = sim.core();
    let programmes = &core.world.programmes;
    if guid.starts_with("plex://show/") {
        let of_show =
            |p: &&Programme| p.show.as_deref().is_some_and(|show| !show.is_empty()) && p.show_guid() == guid;
        return match programmes.iter().find(of_show) {
            Some(found) => ask.reply(&container(vec![show(found, &guid)])),
            None => missing(),
        };
    }
    match programmes.iter().find(|programme| programme.guid == guid) {
        Some(found) => ask.reply(&container(vec![airing(&core, found)]).with("identifier", epg)),
        None => missing(),
    }
}

fn show(p: &Programme, guid: &str) -> Node {
    Node::new("Directory")
        .with("guid", guid)
        .with("type", "show")
        .with("title", &p.show)
        .with("ratingKey", guid)
        .with("studio", "Harbor TV")
        .with("summary", &p.summary)
        .with("thumb", &p.thumb)
        .with("year", p.year)
        .with("index", 1)
}

fn airing(core: &Core, p: &Programme) -> Node {
    let begins = core.clock.seconds().div_euclid(1800) * 1800;
    let mut node = Node::new("Video")
        .with("ratingKey", &p.guid)
        .with("key", format!("/{EPG}/metadata/{}", p.guid.replace(':', "%3A").replace('/', "%2F")))
        .with("guid", &p.guid)
        .with("type", &p.kind)
        .with("title", &p.title);
    if let Some(show) = p.show.as_ref().filter(|show| !show.is_empty()) {
        node = node
            .with("grandparentGuid", p.show_guid())
            .with("grandparentTitle", show)
            .with("grandparentThumb", &p.thumb)
            .with("grandparentType", "show")
            .with("parentTitle", p.parent_index.map(|season| format!("Season {season}")))
            .with("parentIndex", p.parent_index)
            .with("parentType", "season")
            .with("index", p.index);
    }
    node.with("contentRating", &p.content_rating)
        .with("summary", &p.summary)
        .with("year", p.year)
        .with("duration", p.duration)
        .with("thumb", &p.thumb)
        .with("live", true)
        .with("originallyAvailableAt", "2026-05-30")
        .with("addedAt", begins)
        .holding([airing_media(core, p, begins)])
}

fn airing_media(core: &Core, p: &Programme, begins: i64) -> Node {
    let media = Node::new("Media")
        .with("id", p.rating_key)
        .with_all([
            ("audioChannels", "2"),
            ("audioCodec", "aac"),
            ("videoCodec", "h264"),
            ("videoResolution", "1080"),
            ("container", "mpegts"),
            ("protocol", "livetv"),
            ("origin", "livetv"),
            ("premiere", "1"),
        ])
        .with("beginsAt", begins)
        .with("endsAt", begins + p.duration / 1000);
    let part =
        Node::new("Part").with("id", p.rating_key).with("container", "mpegts").with("protocol", "livetv");
    let Some(channel) = core.world.channel(&p.channel_id) else { return media.holding([part]) };
    media
        .with_all([
            ("channelCallSign", channel.call_sign.as_str()),
            ("channelIdentifier", &channel.vcn),
            ("channelID", &channel.id),
            ("channelKey", &channel.id),
            ("channelShortTitle", &channel.call_sign),
            ("channelThumb", &channel.thumb),
            ("channelTitle", &channel.title),
            ("channelVcn", &channel.vcn),
            ("onAir", "1"),
        ])
        .holding([part])
}
