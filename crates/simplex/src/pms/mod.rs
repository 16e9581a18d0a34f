//! Owns the simulated media server: its routes and who may ask.
//!
//! Must not change what is played but through the director.

mod access;
mod browse;
mod hubs;
mod items;
mod livetv;
mod pictures;
mod playlists;
mod query;
mod root;
mod sections;
mod status;
mod system;

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{any, delete, get, post, put};
use axum::{Extension, Router};

use crate::core::Sim;
use crate::http::{Ask, FaultBox, Peer, missing, nothing};
use crate::render::container;

pub(crate) use pictures::{elsewhere, show};
pub(crate) use root::FEATURES;

/// The whole server.
pub(crate) fn router(sim: &Sim) -> Router {
    Router::new()
        .without_v07_checks()
        .merge(system_routes())
        .merge(library_routes())
        .merge(picture_routes())
        .route("/:/websockets/notifications", any(notifications))
        .fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(sim), access::check))
        .layer(from_fn_with_state(Arc::clone(&sim.pms_faults), FaultBox::apply))
        .with_state(Arc::clone(sim))
}

fn system_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/", get(root::root))
        .route("/identity", get(root::identity))
        .route("/servers", get(root::servers))
        .route("/accounts", get(root::accounts))
        .route("/accounts/{id}", get(root::account))
        .route("/devices", get(root::devices))
        .route("/media/providers", get(root::providers))
        .route("/security/token", get(root::token))
        .route("/web", get(root::web))
        .route("/web/{*rest}", get(root::web))
        .route("/status/sessions", get(status::sessions))
        .route("/status/sessions/terminate", get(status::terminate))
        .route("/status/sessions/history/all", get(status::history))
        .route("/status/sessions/background", get(empty))
        .route("/transcode/sessions", get(status::transcodes))
        .route("/transcode/sessions/{id}", delete(status::kill_transcode))
        .route("/:/prefs", get(system::prefs).put(system::set_prefs))
        .route("/:/{verb}", get(nothing))
        .route("/updater/status", get(system::updater))
        .route("/updater/check", put(nothing))
        .route("/updater/apply", put(nothing))
        .route("/myplex/account", get(system::myplex))
        .route("/myplex/refreshReachability", put(system::reach))
        .route("/butler", get(system::butler).post(nothing).delete(nothing))
        .route("/butler/{task}", post(nothing).delete(nothing))
        .route("/statistics/resources", get(system::resources))
        .route("/statistics/bandwidth", get(system::bandwidth))
        .route("/statistics/media", get(empty))
        .route("/activities", get(empty))
        .route("/clients", get(empty))
        .route("/system/agents", get(empty))
        .route("/sync", get(empty))
        .route("/sync/transcodeQueue", get(empty))
        .route("/sync/items/{id}", get(system::sync_item))
        .route("/diagnostics", get(system::diagnostics))
        .route("/diagnostics/{what}", get(system::archive))
        .route("/livetv/dvrs", get(livetv::dvrs))
        .route("/livetv/sessions", get(livetv::sessions))
        .route("/livetv/sessions/{uuid}", get(livetv::session))
        .route("/{epg}/metadata/{*guid}", get(livetv::programme))
}

fn library_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/library", get(browse::root))
        .route("/library/sections", get(browse::sections))
        .route("/library/sections/", get(browse::sections))
        .route("/library/sections/all", get(browse::everything))
        .route("/library/all", get(browse::everything))
        .route("/library/recentlyAdded", get(browse::recent))
        .route("/library/onDeck", get(browse::empty))
        .route("/library/sections/{section}", get(browse::section))
        .route("/library/sections/{section}/all", get(sections::all))
        .route("/library/sections/{section}/{list}", get(sections::list))
        .route("/library/metadata/{keys}", get(items::metadata))
        .route("/library/metadata/{key}/children", get(items::children))
        .route("/library/metadata/{key}/grandchildren", get(items::grandchildren))
        .route("/library/metadata/{key}/allLeaves", get(items::leaves))
        .route("/library/metadata/{key}/extras", get(items::extras))
        .route("/library/metadata/{key}/related", get(browse::empty))
        .route("/library/metadata/{key}/similar", get(browse::empty))
        .route("/library/metadata/{key}/refresh", put(nothing))
        .route("/library/metadata/{key}/analyze", put(nothing))
        .route("/library/collections", get(playlists::collections))
        .route("/library/collections/{keys}", get(items::metadata))
        .route("/library/collections/{key}/children", get(items::children))
        .route("/library/collections/{key}/items", get(items::children))
        .route("/playlists", get(playlists::playlists))
        .route("/playlists/all", get(playlists::playlists))
        .route("/playlists/{key}", get(playlists::playlist))
        .route("/playlists/{key}/items", get(playlists::items))
        .route("/search", get(hubs::search))
        .route("/hubs", get(hubs::hubs))
        .route("/hubs/promoted", get(hubs::hubs))
        .route("/hubs/sections/{section}", get(hubs::hubs))
        .route("/hubs/search", get(hubs::hub_search))
        .route("/hubs/home/recentlyAdded", get(hubs::home_recent))
        .route("/hubs/metadata/{key}/related", get(hubs::related))
}

fn picture_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/photo/:/transcode", get(pictures::resized))
        .route("/:/resources/{name}", get(pictures::resource))
        // the images of an item (thumb, art, banner...), and the lists of those it can choose from (posters, arts...)
        .route("/library/metadata/{key}/{kind}", get(pictures::of_item))
        .route("/library/metadata/{key}/file", get(pictures::resource))
        .route("/library/metadata/{key}/theme/{stamp}", get(pictures::theme))
        .route("/library/metadata/{key}/{kind}/{stamp}", get(pictures::stamped))
        .route("/library/collections/{key}/{kind}/{stamp}", get(pictures::stamped))
        .route("/library/media/{key}/chapterImages/{stamp}", get(pictures::resource))
        .route("/library/sections/{key}/composite/{stamp}", get(pictures::resource))
        .route("/library/parts/{part}/indexes/{kind}/{offset}", get(pictures::resource))
        .route("/library/parts/{part}/{stamp}/{name}", get(pictures::resource))
        .route("/playlists/{key}/composite/{stamp}", get(pictures::resource))
}

async fn unknown() -> Response {
    missing()
}

async fn empty(ask: Ask) -> Response {
    ask.reply(&container(Vec::new()))
}

async fn notifications(
    State(sim): State<Sim>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
    peer: Option<Extension<ConnectInfo<Peer>>>,
    _: Request,
) -> Response {
    let Ok(upgrade) = upgrade else { return crate::http::html(axum::http::StatusCode::BAD_REQUEST) };
    let line = peer.and_then(|Extension(ConnectInfo(peer))| peer.line);
    let hub = Arc::clone(&sim.hub);
    upgrade.on_upgrade(move |socket| hub.serve(socket, line))
}
