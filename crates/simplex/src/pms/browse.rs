//! Owns the library as a whole: its sections, everything in them, what is new.

use axum::extract::{Path, State};
use axum::response::Response;

use super::{query, sections::visible};
use crate::core::Sim;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::{Detail, LIBRARY, TAG_VERSION, container, item_node, library, section_node};
use crate::world::{Item, ItemKind, World};

/// How many recent items there are unless asked otherwise.
pub(super) const RECENT: usize = 50;

/// List rows of items.
pub(super) fn rows(world: &World, ask: &Ask, items: &[&Item], section: bool) -> Vec<Node> {
    let detail = Detail { section, guids: ask.flag("includeGuids"), ..Detail::default() };
    items.iter().map(|item| item_node(world, item, detail)).collect()
}

/// When an item was added; a season is as new as its newest episode.
fn freshness(world: &World, item: &Item) -> i64 {
    let children = world.children(item).filter(|_| item.kind == ItemKind::Season);
    children.map(|child| child.about.added_at).max().unwrap_or(item.about.added_at)
}

/// Newest first.
pub(super) fn newest<'w>(world: &World, mut items: Vec<&'w Item>) -> Vec<&'w Item> {
    items.sort_by_key(|item| std::cmp::Reverse(freshness(world, item)));
    items
}

/// Items of some kinds in the caller's sections, newest first.
pub(super) fn recent_of<'w>(world: &'w World, ask: &Ask, kinds: &[ItemKind]) -> Vec<&'w Item> {
    let of_kinds = kinds.iter().flat_map(|kind| world.of_kind(*kind, None));
    newest(world, of_kinds.filter(|item| ask.caller.sections.contains(&item.section_id)).collect())
}

pub(super) async fn empty(ask: Ask) -> Response {
    ask.reply(&library(container(Vec::new()), None))
}

pub(super) async fn root(ask: Ask) -> Response {
    let listed = [
        ("sections", "Library Sections"),
        ("recentlyAdded", "Recently Added"),
        ("onDeck", "On Deck Content"),
    ];
    let rows = listed.map(|(key, title)| Node::new("Directory").with("key", key).with("title", title));
    let node = container(rows.into())
        .with("allowSync", false)
        .with("art", "/:/resources/library-art.png")
        .with("content", "")
        .with("identifier", LIBRARY)
        .with("mediaTagPrefix", "/system/bundle/media/flags/")
        .with("mediaTagVersion", TAG_VERSION)
        .with("title1", "Plex Library")
        .with("title2", "");
    ask.reply(&node)
}

pub(super) async fn sections(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let seen = core.world.sections.iter().filter(|section| ask.caller.sections.contains(&section.id));
    let node = container(seen.map(section_node).collect());
    ask.reply(&node.with("allowSync", false).with("title1", "Plex Library"))
}

pub(super) async fn section(State(sim): State<Sim>, Path(section): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(section) = visible(&core, &ask, &section) else { return missing() };
    let names = [
        "all",
        "unwatched",
        "newest",
        "recentlyAdded",
        "recentlyViewed",
        "onDeck",
        "collection",
        "genre",
        "year",
        "folder",
    ];
    let rows = names.map(|name| Node::new("Directory").with("key", name).with("title", name));
    let wire = section.kind.wire();
    let node = library(container(rows.into()), Some(section))
        .with("art", format!("/:/resources/{wire}-fanart.jpg"))
        .with("content", "secondary")
        .with("thumb", format!("/:/resources/{wire}.png"))
        .with("title1", &section.title)
        .with("viewGroup", "secondary")
        .with("viewMode", 65592);
    ask.reply(&node)
}

pub(super) async fn everything(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let seen = core.world.sections.iter().filter(|section| ask.caller.sections.contains(&section.id));
    let page =
        ask.page(seen.flat_map(|section| query::run(&core.world, section, &ask.query)).collect(), None);
    ask.reply(&library(page.container(), None).holding(rows(&core.world, &ask, &page.rows, true)))
}

pub(super) async fn recent(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let found = recent_of(&core.world, &ask, &[ItemKind::Movie, ItemKind::Season, ItemKind::Album]);
    let page = ask.page(found, Some(RECENT));
    let node = library(page.container(), None).with("mixedParents", true);
    ask.reply(&node.holding(rows(&core.world, &ask, &page.rows, true)))
}
