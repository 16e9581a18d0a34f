//! `server_status`: whether the media server is connected.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/server_status.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    link: Link,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    state: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    let connected = server.is_some_and(|server| matches!(server.link.state.as_str(), "LIVE" | "POLLING"));
    Ok(Answer::data(json!({"connected": connected})))
}
