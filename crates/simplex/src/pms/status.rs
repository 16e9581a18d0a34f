//! Owns what is played now and was played: sessions, transcodes, history, termination.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::core::Sim;
use crate::director::Director;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::render::container;
use crate::world::ItemKind;

pub(super) async fn sessions(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let now = core.now();
    ask.reply(&container(core.sessions.iter().map(|session| session.node(&core.world, now)).collect()))
}

fn done(ended: bool) -> Response {
    if ended { axum::http::StatusCode::OK.into_response() } else { missing() }
}

pub(super) async fn terminate(State(sim): State<Sim>, ask: Ask) -> Response {
    let (id, reason) = (ask.get("sessionId").unwrap_or_default(), ask.get("reason").unwrap_or_default());
    done(Director::new(sim).terminate(id, reason) == Ok(true))
}

pub(super) async fn transcodes(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let now = core.now();
    let running = core.sessions.iter().filter(|session| !session.transcode_id.is_empty());
    ask.reply(&container(running.map(|session| session.transcode_node(now, true)).collect()))
}

pub(super) async fn kill_transcode(State(sim): State<Sim>, Path(id): Path<String>) -> Response {
    let known =
        sim.core().sessions.iter().find(|session| session.transcode_id == id).map(|session| session.key);
    done(known.is_some_and(|key| Director::new(sim).stop(key, None, true).is_ok()))
}

pub(super) async fn history(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let page = ask.page(core.played.iter().rev().collect(), None);
    let rows: Vec<Node> = (1u32..)
        .zip(&page.rows)
        .filter_map(|(number, played)| {
            let item = core.world.items.get(&played.rating_key.parse().ok()?)?;
            let tag = match item.kind {
                ItemKind::Track => "Track",
                ItemKind::Photo => "Photo",
                _ => "Video",
            };
            let node = Node::new(tag)
                .with("historyKey", format!("/status/sessions/history/{number}"))
                .with("key", format!("/library/metadata/{}", item.rating_key))
                .with("ratingKey", item.rating_key)
                .with("librarySectionID", item.section_id)
                .with("title", &item.title)
                .with("type", item.kind.wire());
            Some(node.with("viewedAt", played.at).with("accountID", played.user).with("deviceID", 1))
        })
        .collect();
    ask.reply(&page.container().with("size", rows.len()).holding(rows))
}
