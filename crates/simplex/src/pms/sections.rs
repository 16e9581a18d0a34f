//! Owns the lists of one section: all, albums, collections, recently added, search, and what it can be filtered by.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::browse::{newest, rows};
use super::query;
use crate::core::{Core, Sim};
use crate::director::Director;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::{TAG_VERSION, container, library};
use crate::world::{Item, ItemKind, Section, World};

/// The section of a path, if the caller may see it.
pub(super) fn visible<'c>(core: &'c Core, ask: &Ask, section: &str) -> Option<&'c Section> {
    let id = section.parse().ok()?;
    core.world.section(id).filter(|_| ask.caller.sections.contains(&id))
}

pub(super) async fn all(State(sim): State<Sim>, Path(section): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    match visible(&core, &ask, &section) {
        Some(section) => {
            answer(&core.world, section, &ask, query::run(&core.world, section, &ask.query), None)
        }
        None => missing(),
    }
}

pub(super) async fn list(
    State(sim): State<Sim>,
    Path((section, list)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    if list == "refresh" {
        return refresh(sim, &ask, &section);
    }
    let core = sim.core();
    let Some(section) = visible(&core, &ask, &section) else { return missing() };
    let world = &core.world;
    match list.as_str() {
        "albums" => {
            let mut asked = vec![("type".to_owned(), "9".to_owned())];
            asked.extend(ask.query.iter().filter(|(name, _)| name != "type").cloned());
            answer(world, section, &ask, query::run(world, section, &asked), None)
        }
        "recentlyAdded" | "newest" => {
            let kind = match section.kind {
                ItemKind::Show => ItemKind::Season,
                ItemKind::Artist => ItemKind::Album,
                _ => section.top_kind(),
            };
            let items = newest(world, world.of_kind(kind, Some(section.id)).collect());
            answer(world, section, &ask, items, Some("Recently Added"))
        }
        "collections" => {
            let items = section.collections.iter().filter_map(|key| world.items.get(key)).collect();
            answer(world, section, &ask, items, None)
        }
        "search" => {
            let found = query::search(world, ask.get("query").unwrap_or_default(), 100, Some(section.id));
            let wanted = ask.given("type").map(ItemKind::of_code);
            let kinds = found.into_iter().filter(|(kind, _)| wanted.is_none_or(|code| code == Some(*kind)));
            answer(world, section, &ask, kinds.flat_map(|(_, items)| items).collect(), None)
        }
        "onDeck" | "prefs" => ask.reply(&library(container(Vec::new()), None)),
        choice => choices(world, section, choice, &ask),
    }
}

fn refresh(sim: Sim, ask: &Ask, section: &str) -> Response {
    let id = visible(&sim.core(), ask, section).map(|section| section.id);
    match id.map(|id| Director::new(sim).scan(id)) {
        Some(Ok(())) => StatusCode::OK.into_response(),
        _ => missing(),
    }
}

fn answer(world: &World, section: &Section, ask: &Ask, items: Vec<&Item>, recent: Option<&str>) -> Response {
    let page = ask.page(items, None);
    let wire = section.kind.wire();
    let asked = ItemKind::of_code(ask.get("type").unwrap_or("0")).unwrap_or(section.kind);
    let title = match section.kind {
        ItemKind::Movie => Some("All Movies"),
        ItemKind::Show => Some("All Shows"),
        ItemKind::Artist => Some("All Artists"),
        ItemKind::Photo => Some("All Photos"),
        _ => None,
    };
    let node = library(page.container(), Some(section))
        .with("art", format!("/:/resources/{wire}-fanart.jpg"))
        .with("content", "secondary")
        .with("nocache", true)
        .with("sortAsc", true)
        .with("thumb", format!("/:/resources/{wire}.png"))
        .with("title1", &section.title)
        .with("title2", recent.or(title))
        .with("viewGroup", page.rows.first().map_or(asked, |item| item.kind).wire())
        .with("viewMode", 65592)
        .with("mixedParents", recent.map(|_| true))
        .holding(rows(world, ask, &page.rows, false));
    let mut response = ask.reply(&node);
    for (name, value) in page.headers() {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Key and title of what items of a section can be filtered by.
fn chosen(items: &[&Item], choice: &str) -> Option<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for item in items {
        if let Some(tags) = item.tags.of(choice) {
            out.extend(tags.iter().map(|tag| (tag.tag.clone(), tag.id.to_string())));
            continue;
        }
        let value = match choice {
            "year" => item.about.year.map(|year| year.to_string()),
            "contentRating" => item.about.content_rating.clone(),
            "resolution" => item.media.first().and_then(|media| media.video_resolution.clone()),
            _ => return None,
        };
        out.extend(value.map(|value| (value.clone(), value)));
    }
    Some(out)
}

fn choices(world: &World, section: &Section, choice: &str, ask: &Ask) -> Response {
    let Some(found) = chosen(&query::of_type(world, section, ask.get("type")), choice) else {
        return missing();
    };
    let mut found: Vec<(String, String)> = found.into_iter().collect();
    found.sort_by_key(|(title, _)| title.to_lowercase());
    let typed = matches!(choice, "genre" | "actor" | "director").then_some(choice);
    let rows = found.into_iter().map(|(title, key)| {
        Node::new("Directory")
            .with("fastKey", format!("/library/sections/{}/all?{choice}={key}", section.id))
            .with("key", key)
            .with("title", title)
            .with("type", typed)
    });
    let wire = section.kind.wire();
    let mut words = choice.chars();
    let title: String = words
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(words.flat_map(char::to_lowercase))
        .collect();
    let node = container(rows.collect())
        .with("allowSync", false)
        .with("art", format!("/:/resources/{wire}-fanart.jpg"))
        .with("content", "secondary")
        .with("identifier", crate::render::LIBRARY)
        .with("mediaTagPrefix", "/system/bundle/media/flags/")
        .with("mediaTagVersion", TAG_VERSION)
        .with("nocache", true)
        .with("thumb", format!("/:/resources/{wire}.png"))
        .with("title1", &section.title)
        .with("title2", format!("By {title}"))
        .with("viewGroup", "secondary")
        .with("viewMode", 65592);
    ask.reply(&node)
}
