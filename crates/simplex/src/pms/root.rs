//! Owns what the server says of itself and of those it knows.

use axum::extract::{Path, State};
use axum::response::{Html, Response};

use super::livetv::EPG;
use crate::core::{Core, Sim};
use crate::http::Ask;
use crate::node::Node;
use crate::render::{LIBRARY, container};

pub(crate) const FEATURES: &str = "adaptive_bitrate,camera_upload,cloudsync,collections,content_filter,\
    download_certificates,dvr,federated-auth,hardware_transcoding,home,hwtranscode,item_clusters,kevin-bacon,livetv,\
    loudness,lyrics,music-analysis,pass,photo_autotags,photosV6-edit,premium_music_metadata,radio,server-manager,\
    session_bandwidth_restrictions,session_kick,shared-radio,sync,trailers,tuner-sharing,type-first,\
    unsupportedtuners,webhooks";
const DIRECTORIES: &str = "activities butler channels clients devices diagnostics hubs library livetv media metadata \
    neighborhood playQueues player playlists resources search server servers statistics system transcode updater user";

const ABILITIES: [(&str, &str); 8] = [
    ("allowCameraUpload", "1"),
    ("allowChannelAccess", "1"),
    ("allowMediaDeletion", "1"),
    ("allowSharing", "1"),
    ("allowSync", "1"),
    ("allowTuners", "1"),
    ("backgroundProcessing", "1"),
    ("certificate", "1"),
];
const TRANSCODER: [(&str, &str); 8] = [
    ("transcoderAudio", "1"),
    ("transcoderLyrics", "1"),
    ("transcoderPhoto", "1"),
    ("transcoderSubtitles", "1"),
    ("transcoderVideo", "1"),
    ("transcoderVideoBitrates", "64,96,208,320,720,1500,2000,3000,4000,8000,10000,12000,20000"),
    ("transcoderVideoQualities", "0,1,2,3,4,5,6,7,8,9,10,11,12"),
    ("transcoderVideoResolutions", "128,128,160,240,320,480,768,720,720,1080,1080,1080,1080"),
];

fn directories() -> Vec<Node> {
    let directory = |count: u8, key: &str, title: &str| {
        Node::new("Directory").with("count", count).with("key", key).with("title", title)
    };
    let mut rows: Vec<Node> = DIRECTORIES.split_whitespace().map(|name| directory(1, name, name)).collect();
    rows.push(directory(2, &EPG.replace('.', "%2E").replace(':', "%3A"), EPG));
    rows
}

fn about(node: Node, core: &Core) -> Node {
    let s = &core.world.server;
    node.with_all([
        ("companionProxy", "1"),
        ("countryCode", "usa"),
        ("diagnostics", "logs,databases,streaminglogs"),
        ("eventStream", "1"),
        ("friendlyName", &s.name),
        ("hubSearch", "1"),
        ("itemClusters", "1"),
        ("livetv", "7"),
        ("machineIdentifier", &s.machine_id),
        ("mediaProviders", "1"),
        ("multiuser", "1"),
        ("musicAnalysis", "2"),
        ("myPlex", "1"),
        ("myPlexMappingState", &core.mapping_state),
        ("myPlexSigninState", "ok"),
        ("myPlexSubscription", "1"),
        ("myPlexUsername", &s.owner_email),
        ("offlineTranscode", "1"),
        ("ownerFeatures", FEATURES),
        ("platform", &s.platform),
        ("platformVersion", &s.platform_version),
        ("pluginHost", "1"),
        ("pushNotifications", "0"),
        ("readOnlyLibraries", "0"),
        ("streamingBrainABRVersion", "3"),
        ("streamingBrainVersion", "2"),
        ("sync", "1"),
    ])
}

pub(super) async fn root(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let s = &core.world.server;
    let busy = core.sessions.iter().filter(|session| !session.transcode_id.is_empty()).count();
    let node = about(container(directories()).with_all(ABILITIES), &core)
        .with("transcoderActiveVideoSessions", busy)
        .with_all(TRANSCODER)
        .with("updatedAt", s.updated_at)
        .with_all([("updater", "1"), ("version", &s.version), ("voiceSearch", "1")]);
    ask.reply(&node)
}

pub(super) async fn identity(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let node = container(Vec::new())
        .with("apiVersion", "1.1.1")
        .with("claimed", true)
        .with("machineIdentifier", &core.world.server.machine_id)
        .with("version", &core.world.server.version);
    ask.reply(&node)
}

pub(super) async fn servers(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let s = &core.world.server;
    let row = Node::new("Server")
        .with("name", &s.name)
        .with("host", &s.lan_address)
        .with("address", &s.lan_address)
        .with("port", sim.pms.port())
        .with("machineIdentifier", &s.machine_id)
        .with("version", &s.version);
    ask.reply(&container(vec![row]))
}

fn account_rows(sim: &Sim, wanted: Option<&str>) -> Node {
    let core = sim.core();
    let users = core.world.users.iter().map(|user| (user.local_id, user.title.as_str(), user.thumb.as_str()));
    let rows = std::iter::once((0, "", "")).chain(users);
    let rows = rows.filter(|(id, ..)| wanted.is_none_or(|wanted| wanted == id.to_string())).map(
        |(id, name, thumb)| {
            Node::new("Account")
                .with("id", id)
                .with("key", format!("/accounts/{id}"))
                .with("name", name)
                .with("defaultAudioLanguage", "en")
                .with("autoSelectAudio", true)
                .with("defaultSubtitleLanguage", "en")
                .with("subtitleMode", 1)
                .with("thumb", thumb)
        },
    );
    container(rows.collect()).with("identifier", "com.plexapp.system.accounts")
}

pub(super) async fn accounts(State(sim): State<Sim>, ask: Ask) -> Response {
    ask.reply(&account_rows(&sim, None))
}

pub(super) async fn account(State(sim): State<Sim>, Path(id): Path<String>, ask: Ask) -> Response {
    ask.reply(&account_rows(&sim, Some(&id)))
}

pub(super) async fn devices(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let rows = (1u32..).zip(&core.world.devices).map(|(id, device)| {
        Node::new("Device")
            .with("id", id)
            .with("name", &device.title)
            .with("platform", &device.platform)
            .with("clientIdentifier", &device.machine_id)
            .with("createdAt", core.world.server.created_at)
    });
    ask.reply(&container(rows.collect()).with("identifier", "com.plexapp.system.devices"))
}

pub(super) async fn providers(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let s = &core.world.server;
    let row = Node::new("MediaProvider")
        .with("identifier", LIBRARY)
        .with("title", "Library")
        .with("types", "video,audio,photo")
        .with("protocols", "stream,download");
    let node = container(vec![row]).with("friendlyName", &s.name).with("machineIdentifier", &s.machine_id);
    ask.reply(&node.with("version", &s.version))
}

pub(super) async fn token(State(sim): State<Sim>, ask: Ask) -> Response {
    let id: String = sim.core().world.server.machine_id.chars().take(20).collect();
    ask.reply(&container(Vec::new()).with("token", format!("transient-{id}")))
}

pub(super) async fn web() -> Html<&'static str> {
    Html("<html><body>Plex Web</body></html>")
}
