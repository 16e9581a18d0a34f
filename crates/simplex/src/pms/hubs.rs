//! Owns hubs: shelves of the home screen, search results by kind, what is related.

use axum::extract::{Path, State};
use axum::response::Response;

use super::browse::{RECENT, recent_of, rows};
use super::{items, query};
use crate::core::Sim;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::{Detail, LIBRARY, TAG_VERSION, container, item_node, playlist_node};
use crate::world::{Item, ItemKind};

/// Name, title and kind of the hubs of a search.
const SEARCHED: [(&str, &str, Option<ItemKind>); 16] = [
    ("movie", "Movies", Some(ItemKind::Movie)),
    ("show", "Shows", Some(ItemKind::Show)),
    ("season", "Seasons", Some(ItemKind::Season)),
    ("episode", "Episodes", Some(ItemKind::Episode)),
    ("artist", "Artists", Some(ItemKind::Artist)),
    ("album", "Albums", Some(ItemKind::Album)),
    ("track", "Tracks", Some(ItemKind::Track)),
    ("actor", "Actors", None),
    ("director", "Directors", None),
    ("genre", "Genres", None),
    ("collection", "Collections", Some(ItemKind::Collection)),
    ("playlist", "Playlists", None),
    ("shared", "Shared", None),
    ("photoalbum", "Photo Albums", Some(ItemKind::PhotoAlbum)),
    ("photo", "Photos", Some(ItemKind::Photo)),
    ("place", "Places", None),
];

/// A hub; a shelf (with its path) is shown as one, a search result is not.
fn hub(title: &str, kind: &str, ident: &str, shelf: Option<String>, rows: Vec<Node>) -> Node {
    let keys: Vec<&str> = rows.iter().filter_map(|row| row.get("ratingKey")).collect();
    let hub_key =
        (!keys.is_empty() && shelf.is_some()).then(|| format!("/library/metadata/{}", keys.join(",")));
    let style = shelf.is_some().then_some("shelf");
    Node::new("Hub")
        .with("hubKey", hub_key)
        .with("key", &shelf)
        .with("title", title)
        .with("type", kind)
        .with("hubIdentifier", ident)
        .with("context", format!("hub.{ident}"))
        .with("size", rows.len())
        .with("more", false)
        .with("style", style)
        .with("promoted", shelf.map(|_| true))
        .holding(rows)
}

fn tagged(node: Node) -> Node {
    node.with("identifier", LIBRARY)
        .with("mediaTagPrefix", "/system/bundle/media/flags/")
        .with("mediaTagVersion", TAG_VERSION)
}

pub(super) async fn search(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let limit = ask.number("limit").filter(|limit| *limit != 0).unwrap_or(50);
    let found = query::search(&core.world, ask.get("query").unwrap_or_default(), limit, None);
    let seen: Vec<&Item> = found
        .into_iter()
        .flat_map(|(_, items)| items)
        .filter(|item| ask.caller.sections.contains(&item.section_id))
        .collect();
    ask.reply(&tagged(container(rows(&core.world, &ask, &seen, true))))
}

pub(super) async fn hub_search(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let world = &core.world;
    let (text, limit) =
        (ask.get("query").unwrap_or_default(), ask.number("limit").filter(|n| *n != 0).unwrap_or(3));
    let section = ask.given("sectionId").and_then(|id| id.parse().ok());
    let found = query::search(world, text, limit, section);
    let hubs = SEARCHED.iter().map(|(name, title, kind)| {
        let hidden = *name == "collection" && !ask.flag("includeCollections");
        let of_kind =
            found.iter().filter(|(found, _)| !hidden && Some(*found) == *kind).map(|(_, items)| items);
        let seen = of_kind.flatten().filter(|item| ask.caller.sections.contains(&item.section_id));
        let mut rows: Vec<Node> = seen.map(|item| item_node(world, item, Detail::ROW)).collect();
        if *name == "playlist" && !text.is_empty() {
            let lists = world
                .playlists
                .iter()
                .filter(|list| list.title.to_lowercase().contains(&text.to_lowercase()));
            rows.extend(lists.take(limit).map(|list| playlist_node(world, list)));
        }
        for row in &mut rows {
            row.set("score", "0.73529");
        }
        hub(title, name, name, None, rows)
    });
    ask.reply(&tagged(container(hubs.collect())))
}

pub(super) async fn hubs(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let count = ask.number("count").filter(|count| *count != 0).unwrap_or(8);
    let shelves = [
        (ItemKind::Movie, "movie", 1, "home.movies.recent", "Recently Added Movies"),
        (ItemKind::Season, "mixed", 2, "home.television.recent", "Recently Added TV"),
        (ItemKind::Album, "album", 8, "home.music.recent", "Recently Added Music"),
    ];
    let hubs = shelves.map(|(kind, word, code, ident, title)| {
        let mut found = recent_of(&core.world, &ask, &[kind]);
        found.truncate(count);
        let path = format!("/hubs/home/recentlyAdded?type={code}");
        hub(title, word, ident, Some(path), rows(&core.world, &ask, &found, true))
    });
    ask.reply(&container(hubs.into()).with("allowSync", true).with("identifier", LIBRARY))
}

pub(super) async fn home_recent(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let world = &core.world;
    let kind = ItemKind::of_code(ask.given("type").filter(|code| *code != "0").unwrap_or("1"))
        .unwrap_or(ItemKind::Movie);
    let mut found = match kind {
        _ if ask.flag("personal") => Vec::new(),
        ItemKind::Show => recent_of(world, &ask, &[ItemKind::Season])
            .into_iter()
            .map(|season| match season.place.children.as_slice() {
                // a season with one new episode is shown as that episode
                [only] => world.items.get(only).unwrap_or(season),
                _ => season,
            })
            .collect(),
        ItemKind::Artist => recent_of(world, &ask, &[ItemKind::Album]),
        other => recent_of(world, &ask, &[other]),
    };
    if let Some(wanted) = ask.given("sectionID") {
        found.retain(|item| item.section_id.to_string() == wanted);
    }
    let page = ask.page(found, Some(RECENT));
    let node =
        page.container().with("allowSync", true).with("identifier", LIBRARY).with("mixedParents", true);
    ask.reply(&node.holding(rows(world, &ask, &page.rows, true)))
}

pub(super) async fn related(State(sim): State<Sim>, Path(key): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(item) = items::visible(&core, &ask, &key) else { return missing() };
    let world = &core.world;
    let kind = item.kind.name();
    let hubs = (0u32..).zip(&item.tags.collections).map(|(number, tag)| {
        let mates = world.of_kind(item.kind, Some(item.section_id));
        let mates =
            mates.filter(|mate| mate.tags.collections.iter().any(|other| other.id == tag.id)).take(10);
        let rows = mates.map(|mate| item_node(world, mate, Detail::ROW)).collect();
        let ident = format!("{kind}.collection.{number}");
        hub(&tag.tag, kind, &ident, Some(format!("/hubs/{ident}")), rows)
    });
    let section = world.section(item.section_id);
    let node = container(hubs.collect())
        .with("allowSync", true)
        .with("identifier", LIBRARY)
        .with("librarySectionID", item.section_id)
        .with("librarySectionTitle", section.map(|section| &section.title));
    ask.reply(&node)
}
