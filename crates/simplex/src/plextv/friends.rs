//! Owns the people around the owner: friends, the home, who has which part of the server.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::my_plex;
use super::resources::section_nodes;
use crate::core::{Core, Sim};
use crate::http::{Ask, json as reply, missing};
use crate::node::Node;
use crate::world::User;

/// What a share has on top of a user id, to make its own.
const SHARES: u64 = 5_000_000;

fn friends_of(core: &Core) -> impl Iterator<Item = &User> {
    core.world.users.iter().filter(|user| !user.is_owner && user.is_active)
}

fn has_all(core: &Core, user: &User) -> bool {
    user.shared_sections.len() == core.world.sections.len()
}

fn filters(node: Node, user: &User) -> Node {
    node.with("filterAll", &user.filter_all)
        .with("filterMovies", &user.filter_movies)
        .with("filterMusic", &user.filter_music)
        .with("filterPhotos", &user.filter_photos)
        .with("filterTelevision", &user.filter_tv)
}

fn user_node(core: &Core, user: &User) -> Node {
    let s = &core.world.server;
    let server = Node::new("Server")
        .with("id", user.user_id + SHARES)
        .with("serverId", 77)
        .with("machineIdentifier", &s.machine_id)
        .with("name", &s.name)
        .with("lastSeenAt", core.world.epoch)
        .with("numLibraries", user.shared_sections.len())
        .with("allLibraries", has_all(core, user))
        .with("owned", true)
        .with("pending", false);
    let node = Node::new("User")
        .with("id", user.user_id)
        .with("title", &user.title)
        .with("username", &user.username)
        .with("email", &user.email)
        .with("recommendationsPlaylistId", "")
        .with("thumb", &user.thumb)
        .with("protected", user.is_protected)
        .with("home", user.is_home)
        .with("allowTuners", 0)
        .with("allowSync", user.is_allow_sync)
        .with("allowCameraUpload", 0)
        .with("allowChannels", 0)
        .with("allowSubtitleAdmin", 0);
    filters(node, user)
        .with("restricted", user.is_restricted)
        .holding((!user.shared_sections.is_empty()).then_some(server))
}

pub(super) async fn users(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let rows: Vec<Node> = friends_of(&core).map(|user| user_node(&core, user)).collect();
    let total = rows.len();
    ask.reply(&my_plex(&core, rows).with("totalSize", total))
}

pub(super) async fn home(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let members = core.world.users.iter().filter(|user| user.is_home);
    let rows = members.map(|user| {
        Node::new("User")
            .with("id", user.user_id)
            .with("uuid", &user.uuid)
            .with("admin", user.is_owner)
            .with("guest", false)
            .with("restricted", user.is_restricted)
            .with("restrictionProfile", if user.is_restricted { "little_kid" } else { "" })
            .with("protected", user.is_protected)
            .with("hasPassword", !user.is_managed)
            .with("title", &user.title)
            .with("username", &user.username)
            .with("email", &user.email)
            .with("friendlyName", "")
            .with("thumb", &user.thumb)
    });
    let node = my_plex(&core, rows.collect());
    ask.reply(&node.with("id", 1).with("name", "Home").with("guestEnabled", false))
}

pub(super) async fn friends(State(sim): State<Sim>) -> Response {
    let core = sim.core();
    let rows = friends_of(&core).map(|user| {
        json!({
            "id": user.user_id,
            "uuid": user.uuid,
            "title": user.title,
            "username": user.username,
            "email": user.email,
            "thumb": user.thumb,
            "home": user.is_home,
            "restricted": user.is_restricted,
        })
    });
    reply(StatusCode::OK, &Value::Array(rows.collect()))
}

pub(super) async fn shared(State(sim): State<Sim>, Path(id): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let s = &core.world.server;
    if id != s.machine_id {
        return missing();
    }
    let rows = friends_of(&core).filter(|user| !user.shared_sections.is_empty()).map(|user| {
        let node = Node::new("SharedServer")
            .with("id", user.user_id + SHARES)
            .with("username", &user.username)
            .with("email", &user.email)
            .with("userID", user.user_id)
            .with("accessToken", &user.server_token)
            .with("name", &s.name)
            .with("acceptedAt", s.created_at)
            .with("invitedAt", s.created_at)
            .with("allowSync", user.is_allow_sync)
            .with("allowCameraUpload", 0)
            .with("allowChannels", 0)
            .with("allowTuners", 0)
            .with("allowSubtitleAdmin", 0)
            .with("owned", false)
            .with("allLibraries", has_all(&core, user));
        filters(node, user).holding(section_nodes(&core, Some(user)))
    });
    ask.reply(&my_plex(&core, rows.collect()))
}
