//! Owns servers and players as resources of an account, with the addresses to reach them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::{asker, my_plex, stamp};
use crate::core::{Core, Sim};
use crate::http::{Ask, json as reply, missing};
use crate::node::Node;
use crate::render::container;
use crate::world::{Device, User};

/// Where the media server can be reached.
pub(super) fn connections(core: &Core, port: u16) -> Vec<Map<String, Value>> {
    let s = &core.world.server;
    let ident: String = s.machine_id.chars().take(32).collect();
    let dashed = |address: &str| address.replace('.', "-");
    let lan = format!("https://{}.{ident}.plex.direct:{port}", dashed(&s.lan_address));
    let wan = format!("https://{}.{ident}.plex.direct:32400", dashed(&s.public_address));
    let here = format!("http://127.0.0.1:{port}");
    [
        ("http", "127.0.0.1", port, here, true),
        ("https", s.lan_address.as_str(), port, lan, true),
        ("https", s.public_address.as_str(), 32400, wan, false),
    ]
    .into_iter()
    .filter_map(|(protocol, address, port, uri, local)| {
        let row = json!({
            "protocol": protocol,
            "address": address,
            "port": port,
            "uri": uri,
            "local": local,
            "relay": false,
            "IPv6": false,
        });
        row.as_object().cloned()
    })
    .collect()
}

type Resource = (Map<String, Value>, Vec<Map<String, Value>>);

fn server_row(core: &Core, user: &User) -> Value {
    let s = &core.world.server;
    json!({
        "name": s.name,
        "product": "Plex Media Server",
        "productVersion": s.version,
        "platform": s.platform,
        "platformVersion": s.platform_version,
        "device": "PC",
        "clientIdentifier": s.machine_id,
        "createdAt": s.created_at,
        "lastSeenAt": core.clock.seconds(),
        "provides": "server",
        "owned": user.is_owner,
        "accessToken": if user.is_owner { &user.token } else { &user.server_token },
        "publicAddress": s.public_address,
        "httpsRequired": false,
        "synced": false,
        "relay": true,
        "dnsRebindingProtection": false,
        "natLoopbackSupported": true,
        "publicAddressMatches": true,
        "presence": true,
    })
}

fn player_row(core: &Core, d: &Device) -> Value {
    json!({
        "name": d.title,
        "product": d.product,
        "productVersion": d.version,
        "platform": d.platform,
        "platformVersion": d.platform_version,
        "device": d.device,
        "clientIdentifier": d.machine_id,
        "createdAt": core.world.server.created_at,
        "lastSeenAt": core.world.server.updated_at,
        "provides": "client,player,pubsub-player,provider-playback",
        "owned": true,
        "publicAddress": d.public_address,
        "publicAddressMatches": d.local,
        "presence": false,
    })
}

fn rows(core: &Core, user: &User, port: u16) -> Vec<Resource> {
    let players =
        core.world.devices.iter().filter(|d| d.user_id == user.user_id && d.product != "Plex Media Server");
    let reach = std::iter::once(connections(core, port)).chain(std::iter::repeat(Vec::new()));
    std::iter::once(server_row(core, user))
        .chain(players.map(|device| player_row(core, device)))
        .zip(reach)
        .filter_map(|(row, reach)| Some((row.as_object()?.clone(), reach)))
        .collect()
}

/// An element with the fields as attributes.
fn element(tag: &'static str, fields: &Map<String, Value>) -> Node {
    let mut node = Node::new(tag);
    for (name, value) in fields {
        match value {
            Value::Bool(flag) => node.set(name, *flag),
            Value::String(text) => node.set(name, text),
            Value::Number(number) => node.set(name, number.to_string()),
            _ => {}
        }
    }
    node
}

pub(super) async fn resources(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    let devices = rows(&core, user, sim.pms.port()).into_iter().map(|(fields, reach)| {
        let reach = reach.into_iter().map(|mut row| {
            row.retain(|name, _| name != "relay" && name != "IPv6");
            element("Connection", &row)
        });
        element("Device", &fields).holding(reach)
    });
    ask.reply(&container(devices.collect()))
}

pub(super) async fn resources_v2(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    let mut found = rows(&core, user, sim.pms.port());
    for (fields, _) in &mut found {
        for name in ["createdAt", "lastSeenAt"] {
            if let Some(value) = fields.get_mut(name) {
                *value = stamp(value.as_i64().unwrap_or(0)).into();
            }
        }
    }
    if ask.json {
        let all = found.into_iter().map(|(mut fields, reach)| {
            fields.insert("ownerId".to_owned(), Value::Null);
            fields.insert("home".to_owned(), false.into());
            fields.insert("connections".to_owned(), reach.into_iter().map(Value::Object).collect());
            Value::Object(fields)
        });
        return reply(StatusCode::OK, &all.collect());
    }
    let all = found.iter().map(|(fields, reach)| {
        let reach = reach.iter().map(|row| element("connection", row));
        element("resource", fields).with("home", false).holding([Node::new("connections").holding(reach)])
    });
    ask.reply(&Node::new("resources").holding(all))
}

/// The sections of the server; of a user, with whether each is shared.
pub(super) fn section_nodes(core: &Core, user: Option<&User>) -> Vec<Node> {
    let sections = core.world.sections.iter().map(|section| {
        Node::new("Section")
            .with("id", 90_000_000 + section.id)
            .with("key", section.id)
            .with("title", &section.title)
            .with("type", section.kind.wire())
            .with("shared", user.map(|user| user.shared_sections.contains(&section.id)))
    });
    sections.collect()
}

fn server_node(core: &Core, owned: bool, token: Option<&str>) -> Node {
    let s = &core.world.server;
    Node::new("Server")
        .with("accessToken", token)
        .with("name", &s.name)
        .with("address", &s.public_address)
        .with("port", 32400)
        .with("version", &s.version)
        .with("scheme", "http")
        .with("host", &s.public_address)
        .with("localAddresses", &s.lan_address)
        .with("machineIdentifier", &s.machine_id)
        .with("createdAt", s.created_at)
        .with("updatedAt", s.updated_at)
        .with("owned", owned)
        .with("synced", false)
}

pub(super) async fn servers(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    ask.reply(&my_plex(&core, vec![server_node(&core, user.is_owner, Some(&user.server_token))]))
}

pub(super) async fn server(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let row = server_node(&core, true, None).holding(section_nodes(&core, None));
    ask.reply(&my_plex(&core, vec![row]))
}
