//! `get_server_friendly_name`: the media server's name.

use super::{Call, loose};
use crate::answer::{Answer, Failure, Outcome};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_friendly_name.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    name: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    server.map(|server| Answer::data(loose(server.name))).ok_or(Failure::Refused(None))
}
