//! Owns single items: in full, their children, their extras.

use axum::extract::{Path, State};
use axum::response::Response;

use super::browse::rows;
use crate::core::{Core, Sim};
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::{Detail, children_attrs, container, item_node, library, playlist_node};
use crate::world::{Item, ItemKind};

/// The most keys one request may name.
const BATCH: usize = 10_000;

/// The item of a path, if the caller may see it.
pub(super) fn visible<'c>(core: &'c Core, ask: &Ask, key: &str) -> Option<&'c Item> {
    core.world.items.get(&key.parse().ok()?).filter(|item| ask.caller.sections.contains(&item.section_id))
}

pub(super) async fn metadata(State(sim): State<Sim>, Path(keys): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let detail = Detail {
        full: true,
        section: true,
        guids: true,
        markers: ask.flag("includeMarkers"),
        chapters: ask.flag("includeChapters"),
        extras: ask.flag("includeExtras"),
        files: ask.flag("checkFiles"),
    };
    let (mut nodes, mut section) = (Vec::new(), None);
    for key in keys.split(',').take(BATCH) {
        if let Some(item) = visible(&core, &ask, key) {
            section = core.world.section(item.section_id);
            nodes.push(item_node(&core.world, item, detail));
        } else if let Some(node) = broadcast(&core, key) {
            nodes.push(node);
        } else if let Some(playlist) =
            core.world.playlists.iter().find(|list| list.rating_key.to_string() == key)
        {
            nodes.push(playlist_node(&core.world, playlist));
        }
    }
    if nodes.is_empty() { missing() } else { ask.reply(&library(container(nodes), section)) }
}

/// A programme that is recorded or watched is an item with `live="1"` while it lasts.
fn broadcast(core: &Core, key: &str) -> Option<Node> {
    let p = core.world.programmes.iter().find(|programme| programme.rating_key.to_string() == key)?;
    if let Some(session) =
        core.sessions.iter().find(|session| session.is_live() && session.rating_key() == key)
    {
        let mut node = session.node(&core.world, core.now());
        node.retain_children(|tag| tag == "Media");
        node.remove("sessionKey");
        node.remove("viewOffset");
        return Some(node);
    }
    let node = Node::new("Video")
        .with("ratingKey", key)
        .with("key", format!("/library/metadata/{key}"))
        .with("guid", &p.guid)
        .with("type", &p.kind)
        .with("title", &p.title)
        .with("live", true)
        .with("grandparentTitle", &p.show)
        .with("summary", &p.summary)
        .with("index", p.index)
        .with("parentIndex", p.parent_index)
        .with("duration", p.duration)
        .with("year", p.year)
        .with("addedAt", core.world.epoch);
    Some(node)
}

pub(super) async fn children(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(item) = visible(&core, &ask, &key) else { return missing() };
    let page = ask.page(core.world.children(item).collect(), None);
    if item.kind == ItemKind::Collection {
        let found = page.rows.iter().map(|child| item_node(&core.world, child, Detail::ROW));
        return ask.reply(&library(page.container(), core.world.section(item.section_id)).holding(found));
    }
    let mut found = rows(&core.world, &ask, &page.rows, false);
    if item.kind == ItemKind::Show && !ask.flag("excludeAllLeaves") && page.total > 1 {
        let every = Node::new("Directory")
            .with("leafCount", core.world.leaves(item).len())
            .with("thumb", found.first().and_then(|row| row.get("parentThumb")))
            .with("viewedLeafCount", 0)
            .with("key", format!("/library/metadata/{}/allLeaves", item.rating_key))
            .with("title", "All episodes");
        found.insert(0, every);
    }
    let node = children_attrs(page.container().with("size", found.len()), &core.world, item);
    ask.reply(&node.holding(found))
}

fn mixed(core: &Core, ask: &Ask, item: &Item, found: Vec<&Item>) -> Response {
    let group = found.first().map(|first| first.kind.wire());
    let page = ask.page(found, None);
    let mut node = children_attrs(page.container(), &core.world, item).with("mixedParents", true);
    match group {
        Some(group) => node.set("viewGroup", group),
        None => node.remove("viewGroup"),
    }
    ask.reply(&node.holding(rows(&core.world, ask, &page.rows, false)))
}

pub(super) async fn grandchildren(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(item) = visible(&core, &ask, &key) else { return missing() };
    let found = core.world.children(item).flat_map(|child| core.world.children(child)).collect();
    mixed(&core, &ask, item, found)
}

pub(super) async fn leaves(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(item) = visible(&core, &ask, &key) else { return missing() };
    let found =
        core.world.leaves(item).into_iter().filter(|leaf| leaf.rating_key != item.rating_key).collect();
    mixed(&core, &ask, item, found)
}

pub(super) async fn extras(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(item) = visible(&core, &ask, &key) else { return missing() };
    let clips: Vec<&Item> = item.place.extras.iter().filter_map(|key| core.world.items.get(key)).collect();
    ask.reply(&library(container(rows(&core.world, &ask, &clips, false)), None))
}
