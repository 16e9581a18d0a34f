//! Owns the metadata provider: items by the last part of their guid.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::core::Sim;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::{Detail, container, item_node};
use crate::world::Programme;

fn ends_with(guid: &str, key: &str) -> bool {
    guid.rsplit('/').next() == Some(key)
}

fn programme_node(p: &Programme, key: &str) -> Node {
    Node::new("Video")
        .with("ratingKey", key)
        .with("key", format!("/library/metadata/{key}"))
        .with("guid", &p.guid)
        .with("type", &p.kind)
        .with("title", &p.title)
        .with("grandparentTitle", &p.show)
        .with("summary", &p.summary)
        .with("duration", p.duration)
        .with("thumb", &p.thumb)
        .with("grandparentThumb", &p.thumb)
        .with("originallyAvailableAt", "2026-05-30")
        .with("rating", "7.1")
}

pub(super) async fn metadata(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let mut items = core.world.items.values();
    let node = match items.find(|item| item.guid.starts_with("plex://") && ends_with(&item.guid, &key)) {
        Some(item) => {
            let detail = Detail { full: true, guids: true, ..Detail::default() };
            let mut node = item_node(&core.world, item, detail);
            node.set("ratingKey", key);
            node.retain_children(|tag| tag != "Media");
            node
        }
        None => match core.world.programmes.iter().find(|programme| ends_with(&programme.guid, &key)) {
            Some(programme) => programme_node(programme, &key),
            None => return missing(),
        },
    };
    let node = container(vec![node]).with("identifier", "tv.plex.provider.metadata");
    ask.reply(&node.with("offset", 0).with("totalSize", 1))
}
