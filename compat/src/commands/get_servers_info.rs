//! `get_servers_info`: the media servers that the media server knows.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_servers_info.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    known_servers: Vec<Known>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Known {
    name: String,
    machine_id: String,
    version: Option<String>,
    addresses: Vec<Address>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    host: String,
    port: Option<i64>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let known =
        servers.into_iter().filter(|server| server.is_default).flat_map(|server| server.known_servers);
    Ok(Answer::data(known.map(reshape).collect::<Vec<_>>()))
}

fn reshape(known: Known) -> Value {
    let Known { name, machine_id, version, addresses } = known;
    let first = addresses.into_iter().next();
    let (host, port) = first.map(|Address { host, port }| (host, port)).unwrap_or_default();
    json!({
        "name": name,
        "machine_identifier": machine_id,
        "host": host,
        "port": port.map(|port| port.to_string()).unwrap_or_default(),
        "version": version.unwrap_or_default(),
    })
}
