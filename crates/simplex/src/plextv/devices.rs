//! Owns the devices of an account.

use axum::extract::State;
use axum::response::Response;

use super::asker;
use super::resources::connections;
use crate::core::Sim;
use crate::http::{Ask, missing};
use crate::node::Node;
use crate::world::{Device, Server, User};

fn player(device: &Device, id: u32, user: &User, server: &Server) -> Node {
    let phone = device.device_class == "phone";
    Node::new("Device")
        .with("name", &device.title)
        .with("publicAddress", &device.public_address)
        .with("product", &device.product)
        .with("productVersion", &device.version)
        .with("platform", &device.platform)
        .with("platformVersion", &device.platform_version)
        .with("device", &device.device)
        .with("model", &device.model)
        .with("vendor", &device.vendor)
        .with("provides", if phone { "client,player,sync-target" } else { "client,player" })
        .with("clientIdentifier", &device.machine_id)
        .with("version", &device.version)
        .with("id", id)
        .with("token", user.token.chars().rev().collect::<String>())
        .with("createdAt", server.created_at)
        .with("lastSeenAt", server.updated_at)
        .with("screenResolution", "")
        .with("screenDensity", "")
}

pub(super) async fn devices(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    let s = &core.world.server;
    let own = core.world.devices.iter().filter(|device| device.user_id == user.user_id);
    let mut rows: Vec<Node> = (600_000..).zip(own).map(|(id, device)| player(device, id, user, s)).collect();
    let uris = connections(&core, sim.pms.port());
    let uris = uris.iter().filter_map(|row| row.get("uri")?.as_str());
    let server = Node::new("Device")
        .with("name", &s.name)
        .with("publicAddress", &s.public_address)
        .with("product", "Plex Media Server")
        .with("productVersion", &s.version)
        .with("platform", &s.platform)
        .with("platformVersion", &s.platform_version)
        .with_all([("device", "PC"), ("model", "x86_64"), ("vendor", "Debian"), ("provides", "server")])
        .with("clientIdentifier", &s.machine_id)
        .with("version", &s.version)
        .with("id", 500_000)
        .with("token", &user.token)
        .with("createdAt", s.created_at)
        .with("lastSeenAt", s.updated_at)
        .with_all([("screenResolution", ""), ("screenDensity", "")])
        .holding(uris.map(|uri| Node::new("Connection").with("uri", uri)));
    rows.push(server);
    ask.reply(&Node::new("MediaContainer").with("publicAddress", &s.public_address).holding(rows))
}
