//! Owns the rest of the server: preferences, updates, remote access, tasks, statistics.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::root::FEATURES;
use crate::core::Sim;
use crate::director::Director;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::container;

/// Id, type, default, group, label.
const PREFS: [(&str, &str, &str, &str, &str); 19] = [
    ("FriendlyName", "text", "", "general", "Friendly name"),
    ("sendCrashReports", "bool", "1", "general", "Send crash reports"),
    ("PushNotificationsEnabled", "bool", "0", "general", "Enable push notifications"),
    ("logDebug", "bool", "1", "general", "Enable debug logging"),
    ("ButlerUpdateChannel", "text", "16", "general", "Server update channel"),
    ("PublishServerOnPlexOnlineKey", "bool", "1", "", "Publish server on plex.tv"),
    ("ManualPortMappingMode", "bool", "0", "", ""),
    ("ManualPortMappingPort", "int", "32400", "", ""),
    ("ScheduledLibraryUpdatesEnabled", "bool", "0", "library", "Scan my library periodically"),
    ("autoEmptyTrash", "bool", "1", "library", "Empty trash automatically after every scan"),
    ("LibraryVideoPlayedThreshold", "int", "90", "library", "Video played threshold"),
    ("secureConnections", "int", "1", "network", "Secure connections"),
    ("LanNetworksBandwidth", "text", "", "network", "LAN Networks"),
    ("RelayEnabled", "bool", "1", "network", "Enable Relay"),
    ("WanTotalMaxUploadRate", "int", "20000", "network", "Internet upload speed"),
    ("WebHooksEnabled", "bool", "1", "network", "Webhooks"),
    ("HardwareAcceleratedCodecs", "bool", "1", "transcoder", "Use hardware acceleration when available"),
    ("ButlerStartHour", "int", "2", "butler", "Time at which tasks start to run"),
    ("MachineIdentifier", "text", "", "", ""),
];
const TASKS: [&str; 7] = [
    "BackupDatabase",
    "CleanOldBundles",
    "CleanOldCacheFiles",
    "DeepMediaAnalysis",
    "OptimizeDatabase",
    "RefreshLibraries",
    "UpgradeMediaAnalysis",
];

pub(super) async fn prefs(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let rows = PREFS.iter().map(|(id, kind, default, group, label)| {
        let usual = match *id {
            "FriendlyName" => core.world.server.name.as_str(),
            "MachineIdentifier" => core.world.server.machine_id.as_str(),
            _ => default,
        };
        Node::new("Setting")
            .with("id", *id)
            .with("label", *label)
            .with("summary", "")
            .with("type", *kind)
            .with("default", *default)
            .with("value", core.prefs.get(*id).map_or(usual, String::as_str))
            .with("hidden", group.is_empty())
            .with("advanced", false)
            .with("group", *group)
    });
    ask.reply(&container(rows.collect()))
}

pub(super) async fn set_prefs(State(sim): State<Sim>, ask: Ask) -> StatusCode {
    let director = Director::new(sim);
    for (name, value) in ask.query.iter().filter(|(name, _)| !name.starts_with("X-Plex")) {
        director.pref(name, value);
    }
    StatusCode::OK
}

pub(super) async fn updater(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let now = core.clock.seconds();
    let Some(update) = &core.update else {
        let node = container(Vec::new()).with("canInstall", false).with("checkedAt", now);
        return ask.reply(&node.with("status", 0));
    };
    let token = "x".repeat(20);
    let url = format!(
        "https://plex.tv/downloads/latest/5?channel=16&build=linux-x86_64&distro=debian&X-Plex-Token={token}"
    );
    let release = Node::new("Release")
        .with("key", "https://plex.tv/updater/releases/9999")
        .with("version", &update.version)
        .with("added", "(Web) Something")
        .with("fixed", &update.fixed)
        .with("downloadURL", &url)
        .with("state", &update.state);
    let node = container(vec![release]).with("canInstall", update.can_install).with("checkedAt", now);
    ask.reply(&node.with("downloadURL", url).with("status", 0))
}

pub(super) async fn myplex(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let (s, port) = (&core.world.server, sim.pms.port());
    let node = Node::new("MyPlex")
        .with("authToken", core.world.owner().map(|owner| &owner.token))
        .with("username", &s.owner_email)
        .with("mappingState", &core.mapping_state)
        .with("mappingError", &core.mapping_error)
        .with("mappingErrorMessage", (!core.mapping_error.is_empty()).then_some("1"))
        .with("signInState", "ok")
        .with("publicAddress", &s.public_address)
        .with("publicPort", port)
        .with("privateAddress", &s.lan_address)
        .with("privatePort", port)
        .with("subscriptionFeatures", FEATURES)
        .with("subscriptionActive", true)
        .with("subscriptionState", "Active");
    ask.reply(&node)
}

pub(super) async fn reach(State(sim): State<Sim>) -> StatusCode {
    let reached = sim.core().mapping_error.is_empty();
    sim.hub.send("reachability", "ReachabilityNotification", vec![json!({ "reachability": reached })]);
    StatusCode::OK
}

pub(super) async fn butler(ask: Ask) -> Response {
    let rows = TASKS.into_iter().map(|name| {
        Node::new("ButlerTask")
            .with("name", name)
            .with("interval", 3)
            .with("scheduleRandomized", false)
            .with("enabled", true)
            .with("title", name)
            .with("description", name)
    });
    ask.reply(&Node::new("ButlerTasks").holding(rows))
}

pub(super) async fn resources(State(sim): State<Sim>, ask: Ask) -> Response {
    let now = sim.core().clock.seconds();
    let rows = (1..=24i64).rev().map(|n| {
        Node::new("StatisticsResources")
            .with("timespan", 6)
            .with("at", now - 5 * n)
            .with("hostCpuUtilization", format!("{}.000", 7 + n % 5))
            .with("processCpuUtilization", format!("{}.000", 1 + n % 3))
            .with("hostMemoryUtilization", "64.946")
            .with("processMemoryUtilization", "3.665")
    });
    ask.reply(&container(rows.collect()))
}

pub(super) async fn bandwidth(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let rows = (1u32..).zip(&core.sessions).map(|(device, session)| {
        Node::new("StatisticsBandwidth")
            .with("accountID", session.user.local_id)
            .with("deviceID", device)
            .with("timespan", 6)
            .with("at", core.clock.seconds())
            .with("lan", session.device.local)
            .with("bytes", session.bandwidth().saturating_mul(125))
    });
    ask.reply(&container(rows.collect()))
}

pub(super) async fn diagnostics(ask: Ask) -> Response {
    let rows = ["logs", "databases"]
        .map(|name| Node::new("Directory").with("key", format!("/diagnostics/{name}")).with("title", name));
    ask.reply(&container(rows.into()))
}

pub(super) async fn archive(Path(what): Path<String>) -> Response {
    if !matches!(what.as_str(), "logs" | "databases") {
        return missing();
    }
    let mut empty = b"PK\x05\x06".to_vec();
    empty.extend([0; 18]);
    ([(header::CONTENT_TYPE, "application/zip")], empty).into_response()
}

pub(super) async fn sync_item(State(sim): State<Sim>, Path(id): Path<u64>) -> Response {
    let core = sim.core();
    let Some(order) = core.world.sync_items.iter().find(|order| order.sync_id == id) else {
        return missing();
    };
    let path = format!("/library/metadata/{}?X-Plex-Token={}", order.rating_key, core.world.server.token);
    Redirect::temporary(&path).into_response()
}
