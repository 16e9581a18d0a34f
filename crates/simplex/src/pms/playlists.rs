//! Owns playlists and collections as lists.

use axum::extract::{Path, State};
use axum::response::Response;

use super::browse::rows;
use crate::core::{Core, Sim};
use crate::http::{Ask, missing};
use crate::render::{Detail, container, item_node, library, playlist_node};
use crate::world::{ItemKind, Playlist};

pub(super) async fn collections(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let wanted = ask.given("sectionId").or_else(|| ask.given("sectionID"));
    let seen = core
        .world
        .of_kind(ItemKind::Collection, None)
        .filter(|item| ask.caller.sections.contains(&item.section_id))
        .filter(|item| wanted.is_none_or(|id| id == item.section_id.to_string()));
    let rows = seen.map(|item| item_node(&core.world, item, Detail::ROW)).collect();
    ask.reply(&library(container(rows), None))
}

pub(super) async fn playlists(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let kinds = ask.given("playlistType");
    let mine = core.world.playlists.iter().filter(|list| list.owner_id == ask.caller.user_id);
    let mine = mine.filter(|list| kinds.is_none_or(|kinds| kinds.split(',').any(|kind| kind == list.kind)));
    let page = ask.page(mine.collect(), None);
    let rows = page.rows.iter().map(|list| playlist_node(&core.world, list));
    ask.reply(&page.container().holding(rows))
}

fn find<'c>(core: &'c Core, key: &str) -> Option<&'c Playlist> {
    let key: u64 = key.parse().ok()?;
    core.world.playlists.iter().find(|list| list.rating_key == key)
}

pub(super) async fn playlist(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    match find(&core, &key) {
        Some(list) => ask.reply(&container(vec![playlist_node(&core.world, list)])),
        None => missing(),
    }
}

pub(super) async fn items(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(list) = find(&core, &key) else { return missing() };
    let page = ask.page(list.items.iter().filter_map(|key| core.world.items.get(key)).collect(), None);
    let mut found = rows(&core.world, &ask, &page.rows, true);
    for (number, row) in (0u64..).zip(&mut found) {
        row.set("playlistItemID", list.rating_key * 1000 + number);
    }
    let head = playlist_node(&core.world, list);
    let seconds = head.get("duration").and_then(|text| text.parse::<i64>().ok()).unwrap_or(0) / 1000;
    let node = page
        .container()
        .with("composite", head.get("composite"))
        .with("duration", seconds)
        .with("leafCount", head.get("leafCount"))
        .with("playlistType", &list.kind)
        .with("ratingKey", list.rating_key)
        .with("smart", list.smart)
        .with("title", &list.title);
    ask.reply(&node.holding(found))
}
