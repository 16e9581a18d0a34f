//! Owns orders to keep items on phones.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::core::{Core, Sim};
use crate::http::Ask;
use crate::node::Node;
use crate::world::{Device, SyncItem};

/// The most deletions remembered.
const DELETED: usize = 10_000;

fn orders(core: &Core, client: &str) -> Vec<Node> {
    let gone = |order: &SyncItem| {
        core.deleted_syncs.iter().any(|(of, id)| of == client && *id == order.sync_id.to_string())
    };
    let kept = core.world.sync_items.iter().filter(|order| order.client_id == client && !gone(order));
    kept.map(|order| order_node(core, order)).collect()
}

fn order_node(core: &Core, order: &SyncItem) -> Node {
    let item = core.world.items.get(&order.rating_key);
    let section = item.and_then(|item| core.world.section(item.section_id));
    let uri = section.map_or_else(
        || "library://gone/item/".to_owned(),
        |section| format!("library://{}/item/%2Flibrary%2Fmetadata%2F{}", section.uuid, order.rating_key),
    );
    let status = Node::new("Status")
        .with_all([("failureCode", ""), ("failure", "")])
        .with("state", &order.state)
        .with("itemsCount", order.items_count)
        .with("itemsCompleteCount", order.items_complete)
        .with("itemsDownloadedCount", order.items_downloaded)
        .with("itemsReadyCount", order.items_ready)
        .with("itemsSuccessfulCount", order.items_successful)
        .with("totalSize", order.total_size);
    let settings = Node::new("MediaSettings")
        .with("audioBoost", 100)
        .with("maxVideoBitrate", order.max_bitrate)
        .with_all([("musicBitrate", "192"), ("photoQuality", "74"), ("photoResolution", "1920x1080")])
        .with("videoQuality", order.video_quality)
        .with("videoResolution", "1280x720");
    let machine = &core.world.server.machine_id;
    Node::new("SyncItem")
        .with("id", order.sync_id)
        .with("version", order.version)
        .with("rootTitle", &order.root_title)
        .with("title", &order.title)
        .with("metadataType", &order.metadata_type)
        .with("contentType", &order.content_type)
        .with("machineIdentifier", machine)
        .holding([
            Node::new("Server").with("machineIdentifier", machine),
            status,
            settings,
            Node::new("Policy").with("scope", "all").with("unwatched", 0),
            Node::new("Location").with("uri", uri),
        ])
}

fn device_node(core: &Core, device: &Device) -> Node {
    Node::new("Device")
        .with("name", &device.title)
        .with("product", &device.product)
        .with("productVersion", &device.version)
        .with("platform", &device.platform)
        .with("platformVersion", &device.platform_version)
        .with("device", &device.device)
        .with("model", &device.model)
        .with("vendor", &device.vendor)
        .with("provides", "sync-target")
        .with("clientIdentifier", &device.machine_id)
        .with("id", 1)
        .with("userID", device.user_id)
        .with("lastSeenAt", core.world.server.updated_at)
}

pub(super) async fn lists(State(sim): State<Sim>, Path(id): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let mut clients: Vec<&str> = Vec::new();
    for order in &core.world.sync_items {
        if !clients.contains(&order.client_id.as_str()) {
            clients.push(&order.client_id);
        }
    }
    let lists = clients.into_iter().map(|client| {
        let items = orders(&core, client);
        Node::new("SyncList")
            .with("id", client.chars().take(6).collect::<String>())
            .with("clientIdentifier", client)
            .with("version", 3)
            .with("itemsCompleteCount", items.len())
            .with("totalSize", 1)
            .holding(core.world.device(client).map(|device| device_node(&core, device)))
            .holding([Node::new("SyncItems").holding(items)])
    });
    let node = Node::new("SyncLists").with("machineIdentifier", id).with("friendlyName", "myPlex");
    ask.reply(&node.holding(lists))
}

pub(super) async fn of_device(State(sim): State<Sim>, Path(client): Path<String>, ask: Ask) -> Response {
    let items = orders(&sim.core(), &client);
    let node = Node::new("SyncList").with("clientIdentifier", client);
    ask.reply(&node.holding([Node::new("SyncItems").holding(items)]))
}

pub(super) async fn remove(State(sim): State<Sim>, Path(order): Path<(String, String)>) -> StatusCode {
    let mut core = sim.core();
    if core.deleted_syncs.len() < DELETED {
        core.deleted_syncs.push(order);
    }
    StatusCode::NO_CONTENT
}
