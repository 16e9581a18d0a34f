//! Owns images: of items, resized, of the server itself; and the lists of images an item can choose from.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::core::Sim;
use crate::http::{Ask, Format, html, missing, picture};
use crate::node::Node;
use crate::render::{LIBRARY, TAG_VERSION, container};
use crate::world::{Item, ItemKind};

fn image(format: Format, width: usize, height: usize, seed: &str) -> Response {
    let headers = [(header::CONTENT_TYPE, format.content_type()), (header::CACHE_CONTROL, "max-age=2592000")];
    (headers, picture(format, width, height, seed)).into_response()
}

fn size(item: &Item, kind: &str) -> (usize, usize) {
    match (kind, item.kind) {
        ("art", _) => (1280, 720),
        ("banner", _) => (758, 140),
        (_, ItemKind::Album | ItemKind::Track | ItemKind::Artist) => (400, 400),
        _ => (400, 600),
    }
}

fn has(item: &Item, kind: &str) -> bool {
    if kind == "art" { item.about.has_art } else { item.about.has_thumb }
}

fn of(sim: &Sim, key: u64, kind: &str) -> Response {
    let core = sim.core();
    let Some(item) = core.world.items.get(&key).filter(|item| has(item, kind)) else { return missing() };
    let (width, height) = size(item, kind);
    image(Format::Jpeg, width, height, &format!("{key}/{kind}"))
}

pub(super) async fn stamped(
    State(sim): State<Sim>,
    Path((key, kind, _)): Path<(u64, String, String)>,
) -> Response {
    match kind.as_str() {
        "thumb" | "art" | "banner" | "composite" | "poster" | "clearLogo" => of(&sim, key, &kind),
        _ => missing(),
    }
}

pub(super) async fn of_item(
    State(sim): State<Sim>,
    Path((key, kind)): Path<(u64, String)>,
    ask: Ask,
) -> Response {
    match kind.as_str() {
        "thumb" | "art" | "banner" => of(&sim, key, &kind),
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

pub(super) async fn resource(ask: Ask) -> Response {
    let format = if ask.path.ends_with(".png") { Format::Png } else { Format::Jpeg };
    image(format, 320, 180, &ask.path)
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
    if let Some((key, kind)) = addressed(path) {
        let core = sim.core();
        let item = key.parse().ok().and_then(|key| core.world.items.get(&key));
        let shown = item.is_some_and(|item| !matches!(kind, "thumb" | "art") || has(item, kind));
        if !shown {
            return missing();
        }
    }
    let side = |name, usual| ask.number(name).filter(|size| *size != 0).unwrap_or(usual);
    let format = if ask.get("format") == Some("png") { Format::Png } else { Format::Jpeg };
    image(format, side("width", 300), side("height", 450), path)
}
