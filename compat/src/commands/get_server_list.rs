//! `get_server_list`: the media servers of the account, a row for each address.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_list.graphql");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    servers: Vec<Watched>,
    account_servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Watched {
    is_default: bool,
    machine_id: Option<String>,
    name: String,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    name: String,
    machine_id: String,
    https_required: bool,
    cloud: bool,
    owned: bool,
    addresses: Vec<Address>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    uri: Option<String>,
    host: String,
    port: Option<i64>,
    local: bool,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let with_cloud = call.params.switch("include_cloud", true);
    let Data { servers, account_servers } = call.ask(DOCUMENT, json!({})).await?;
    let watched = servers.into_iter().find(|server| server.is_default).and_then(at_its_address);
    let owned = account_servers.into_iter().filter(|server| server.owned && (with_cloud || !server.cloud));
    Ok(Answer::data(watched.into_iter().chain(owned).flat_map(reshape).collect::<Vec<_>>()))
}

/// The server that is watched, at the address that it is watched at.
fn at_its_address(watched: Watched) -> Option<Server> {
    let Watched { is_default: _, machine_id, name, url } = watched;
    let url = Url::parse(url.as_deref()?).ok()?;
    let address = Address {
        uri: Some(url.as_str().trim_end_matches('/').to_owned()),
        host: url.host_str()?.to_owned(),
        port: url.port_or_known_default().map(i64::from),
        local: true,
    };
    Some(Server {
        name,
        machine_id: machine_id.unwrap_or_default(),
        https_required: url.scheme() == "https",
        cloud: false,
        owned: true,
        addresses: vec![address],
    })
}

fn reshape(server: Server) -> Vec<Value> {
    let Server { name, machine_id, https_required, cloud, owned: _, addresses } = server;
    let digit = |flag: bool| if flag { "1" } else { "0" };
    let row = |Address { uri, host, port, local }: Address| {
        let port = port.map(|port| port.to_string()).unwrap_or_default();
        json!({
            "httpsRequired": digit(https_required),
            "clientIdentifier": machine_id,
            "label": name,
            "ip": host,
            "port": port,
            "uri": uri.unwrap_or_default(),
            "local": digit(local),
            "value": format!("{host}:{port}"),
            "is_cloud": cloud,
        })
    };
    addresses.into_iter().map(row).collect()
}
