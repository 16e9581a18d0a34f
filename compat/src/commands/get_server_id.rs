//! `get_server_id`: the identifier of the media server at an address. Only addresses that are known here are looked at.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::params::whole;
use serde::Deserialize;
use serde_json::json;
use url::Url;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_id.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    machine_id: Option<String>,
    url: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    if let Some(identifier) = call.params.filled("identifier") {
        return Ok(Answer::data(json!({"identifier": identifier})));
    }
    let (host, port) = (call.params.filled("hostname"), call.params.filled("port").and_then(whole));
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let is_there = |server: &Server| {
        let url = server.url.as_deref().and_then(|url| Url::parse(url).ok());
        url.is_some_and(|url| {
            host.is_some() && url.host_str() == host && url.port_or_known_default().map(i64::from) == port
        })
    };
    let found = servers.into_iter().find(is_there).and_then(|server| server.machine_id);
    Ok(Answer::data(json!({"identifier": found})))
}
