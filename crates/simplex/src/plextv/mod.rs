//! Owns the simulated plex.tv, and the metadata provider beside it: routes and who may ask.
//!
//! Must not know what is being played.

mod access;
mod accounts;
mod devices;
mod friends;
mod pins;
mod places;
mod provider;
mod releases;
mod resources;
mod syncs;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{delete, get, post, put};

use crate::core::{Core, Sim};
use crate::http::{Ask, FaultBox, missing};
use crate::node::Node;
use crate::render::container;
use crate::world::User;

pub(crate) use pins::Pins;

/// The whole of plex.tv.
pub(crate) fn router(sim: &Sim) -> Router {
    Router::new()
        .without_v07_checks()
        .merge(account_routes())
        .merge(server_routes())
        .merge(other_routes())
        .fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(sim), access::check))
        .layer(from_fn_with_state(Arc::clone(&sim.plextv_faults), FaultBox::apply))
        .with_state(Arc::clone(sim))
}

fn account_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/users/account", get(accounts::account))
        .route("/users/account.xml", get(accounts::account))
        .route("/users/account.json", get(accounts::account_json))
        .route("/api/v2/user", get(accounts::account))
        .route("/users/sign_in.xml", post(accounts::sign_in))
        .route("/users/sign_in.json", post(accounts::sign_in))
        .route("/users/signin", post(accounts::sign_in))
        .route("/api/v2/users/signin", post(accounts::sign_in))
        .route("/users/{uuid}/avatar", get(places::avatar))
        .route("/api/users", get(friends::users))
        .route("/api/users/", get(friends::users))
        .route("/api/home/users", get(friends::home))
        .route("/api/v2/home/users", get(friends::home))
        .route("/api/v2/friends", get(friends::friends))
        .route("/api/v2/pins", post(pins::create))
        .route("/api/v2/pins/{id}", get(pins::poll))
        .route("/__pin/{id}", put(pins::approve))
        .route("/api/v2/ping", get(accounts::ping))
        .route("/api/claim/token.json", get(accounts::claim))
}

fn server_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/api/resources", get(resources::resources))
        .route("/api/v2/resources", get(resources::resources_v2))
        .route("/api/servers/{id}", get(resources::server))
        .route("/api/servers/{id}/shared_servers", get(friends::shared))
        .route("/api/v2/shared_servers", get(empty))
        .route("/pms/servers", get(resources::servers))
        .route("/pms/servers.xml", get(resources::servers))
        .route("/devices", get(devices::devices))
        .route("/devices.xml", get(devices::devices))
        .route("/devices/{id}", delete(crate::http::nothing))
        .route("/devices/{client}/sync_items", get(syncs::of_device))
        .route("/devices/{client}/sync_items/{id}", delete(syncs::remove))
        .route("/servers/{id}/sync_lists", get(syncs::lists))
}

fn other_routes() -> Router<Sim> {
    Router::new()
        .without_v07_checks()
        .route("/api/downloads/{file}", get(releases::downloads))
        .route("/api/v2/downloads", get(releases::downloads))
        .route("/api/v2/geoip", get(places::geoip))
        .route("/pms/:/ip", get(places::ip))
        .route("/:/ip", get(places::ip))
        .route("/api/v2/cloud_server", get(clouds))
        .route("/api/v2/server/users/features", get(features))
        .route("/library/metadata/{key}", get(provider::metadata))
}

async fn unknown() -> Response {
    missing()
}

async fn empty(ask: Ask) -> Response {
    ask.reply(&container(Vec::new()))
}

async fn clouds(ask: Ask) -> Response {
    ask.reply(&Node::new("clouds"))
}

async fn features(ask: Ask) -> Response {
    ask.reply(&Node::new("users"))
}

/// Who asks; the access check let nobody else pass.
fn asker<'c>(core: &'c Core, ask: &Ask) -> Option<&'c User> {
    core.world.user(ask.caller.user_id)
}

/// The container of the old calls.
fn my_plex(core: &Core, rows: Vec<Node>) -> Node {
    container(rows)
        .with("friendlyName", "myPlex")
        .with("identifier", "com.plexapp.plugins.myplex")
        .with("machineIdentifier", &core.world.server.machine_id)
}

/// A time as plex.tv writes it in the newer calls.
fn stamp(seconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
