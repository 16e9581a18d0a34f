//! Owns images: of items, resized, of the server itself; and the lists of images an item can choose from.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

use crate::core::{Core, Sim};
use crate::http::{Ask, html, missing};
use crate::node::Node;
use crate::picture::{Format, Mood, Motif, Picture, number};
use crate::render::{LIBRARY, TAG_VERSION, container};
use crate::world::{Item, ItemKind};

/// Draws beside the other requests.
pub(crate) async fn show(sim: &Sim, picture: Picture) -> Response {
    let (sim, format) = (Arc::clone(sim), picture.format);
    let drawn = tokio::task::spawn_blocking(move || sim.pictures.take(&picture)).await;
    let Ok(bytes) = drawn else { return html(StatusCode::INTERNAL_SERVER_ERROR) };
    let headers = [(header::CONTENT_TYPE, format.content_type()), (header::CACHE_CONTROL, "max-age=2592000")];
    (headers, bytes).into_response()
}

/// The picture of an item: those of one show or artist look alike.
fn of_kind(core: &Core, item: &Item, kind: &str) -> Picture {
    let world = &core.world;
    let family = world.grandparent(item).or(world.parent(item)).unwrap_or(item);
    let genre = family.tags.genres.first().or(item.tags.genres.first());
    let mood = genre.map_or(Mood::Any, |genre| Mood::of(&genre.tag));
    let record = if item.kind == ItemKind::Track { world.parent(item).unwrap_or(item) } else { item };
    let seed = number(&record.guid);
    let family = number(&family.guid);
    match (kind, item.kind) {
        ("art", _) => Picture::new(Motif::Background, mood, family, family),
        ("banner", _) => Picture::new(Motif::Background, mood, family, family).sized(758, 140),
        (_, ItemKind::Album | ItemKind::Track) => Picture::new(Motif::Cover, Mood::Any, seed, seed),
        (_, ItemKind::Artist) => Picture::new(Motif::Cover, Mood::Any, family, family),
        (_, ItemKind::Photo | ItemKind::PhotoAlbum) => Picture::new(Motif::Photo, Mood::Any, seed, seed),
        (_, ItemKind::Episode | ItemKind::Clip) => Picture::new(Motif::Still, mood, family, seed),
        _ => Picture::new(Motif::Poster, mood, family, seed),
    }
}

fn has(item: &Item, kind: &str) -> bool {
    if kind == "art" { item.about.has_art } else { item.about.has_thumb }
}

fn find(sim: &Sim, key: u64, kind: &str) -> Option<Picture> {
    let core = sim.core();
    let item = core.world.items.get(&key).filter(|item| has(item, kind))?;
    Some(of_kind(&core, item, kind))
}

async fn of(sim: &Sim, key: u64, kind: &str) -> Response {
    match find(sim, key, kind) {
        Some(picture) => show(sim, picture).await,
        None => missing(),
    }
}

pub(super) async fn stamped(
    State(sim): State<Sim>,
    Path((key, kind, _)): Path<(u64, String, String)>,
) -> Response {
    match kind.as_str() {
        "thumb" | "art" | "banner" | "composite" | "poster" | "clearLogo" => of(&sim, key, &kind).await,
        _ => missing(),
    }
}

pub(super) async fn of_item(
    State(sim): State<Sim>,
    Path((key, kind)): Path<(u64, String)>,
    ask: Ask,
) -> Response {
    match kind.as_str() {
        "thumb" | "art" | "banner" => of(&sim, key, &kind).await,
        "posters" | "arts" | "banners" | "clearLogos" | "squareArts" | "themes" => {
            choices(&sim, key, &kind, &ask)
        }
        _ => missing(),
    }
}

/// The images (or theme tunes) an item can choose from; one is selected, every seventh item has an uploaded one.
fn choices(sim: &Sim, key: u64, what: &str, ask: &Ask) -> Response {
    let core = sim.core();
    let Some(item) = core.world.items.get(&key).filter(|item| ask.caller.sections.contains(&item.section_id))
    else {
        return missing();
    };
    let there = match what {
        "posters" => item.about.has_thumb,
        "arts" => item.about.has_art,
        "themes" => item.about.has_theme,
        _ => key.is_multiple_of(2),
    };
    if !there {
        return ask.reply(&container(Vec::new()).with("identifier", LIBRARY));
    }
    let agent = core.world.section(item.section_id).map(|section| section.agent.as_str()).unwrap_or_default();
    let tune = what == "themes";
    let rows = (0..if tune { 1 } else { 3 }).map(|number| {
        let uploaded = number == 0 && key.is_multiple_of(7);
        let address = if uploaded {
            format!("upload://{what}/{key:040x}")
        } else {
            format!("metadata://{what}/{agent}_{key:040x}{number}")
        };
        let url =
            format!("/library/metadata/{key}/file?url={}", address.replace(':', "%3A").replace('/', "%2F"));
        Node::new(if tune { "Track" } else { "Photo" })
            .with("key", &url)
            .with("provider", (!uploaded).then_some(agent))
            .with("ratingKey", address)
            .with("selected", number == 0)
            .with("thumb", url)
            .with("type", tune.then_some("theme"))
    });
    let node = container(rows.collect()).with("identifier", LIBRARY);
    ask.reply(
        &node.with("mediaTagPrefix", "/system/bundle/media/flags/").with("mediaTagVersion", TAG_VERSION),
    )
}

pub(super) async fn resource(State(sim): State<Sim>, ask: Ask) -> Response {
    let format = if ask.path.ends_with(".png") { Format::Png } else { Format::Jpeg };
    let picture = Picture { format, ..elsewhere(&ask.path) };
    show(&sim, picture.sized(320, 180)).await
}

/// A picture that belongs to no item, by the path of its address: people, channels, programmes, and whatever else.
pub(crate) fn elsewhere(path: &str) -> Picture {
    let seed = number(path);
    let motif = match path {
        _ if path.contains("/users/") || path.contains("/people/") => Motif::Face,
        _ if path.contains("/epg/") => Motif::Mark,
        _ => Motif::Still,
    };
    Picture::new(motif, Mood::Any, seed, seed)
}

pub(super) async fn theme() -> Response {
    ([(header::CONTENT_TYPE, "audio/mpeg")], b"ID3\x03\0\0\0\0\0\0".as_slice()).into_response()
}

/// Item key and image kind of a path like `/library/metadata/7/thumb/123`.
fn addressed(path: &str) -> Option<(&str, &str)> {
    let (_, rest) = path.split_once("/library/metadata/")?;
    let mut parts = rest.split('/');
    Some((parts.next()?, parts.next()?))
}

/// The resizer: `url` is a path on this server (with or without host) or any web address.
pub(super) async fn resized(State(sim): State<Sim>, ask: Ask) -> Response {
    let Some(url) = ask.given("url") else { return html(StatusCode::BAD_REQUEST) };
    let path = url.split('?').next().unwrap_or_default();
    let path = path
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .unwrap_or(path);
    let picture = match addressed(path) {
        Some((key, kind)) => key.parse().ok().and_then(|key| find(&sim, key, kind)),
        None => Some(elsewhere(path)),
    };
    let Some(picture) = picture else { return missing() };
    let side = |name, usual| {
        ask.number(name).and_then(|n| u32::try_from(n).ok()).filter(|n| *n != 0).unwrap_or(usual)
    };
    let picture = picture.sized(side("width", 300), side("height", 450));
    let format = if ask.get("format") == Some("png") { Format::Png } else { Format::Jpeg };
    let opacity = ask.number("opacity").and_then(|n| u8::try_from(n).ok()).map_or(100, |n| n.min(100));
    let background = ask.get("background").and_then(|text| u32::from_str_radix(text, 16).ok()).unwrap_or(0);
    show(&sim, Picture { format, opacity, background, blur: side("blur", 0).min(500), ..picture }).await
}
