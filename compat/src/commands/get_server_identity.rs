//! `get_server_identity`: identifier and version of the media server.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_identity.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    machine_id: Option<String>,
    version: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    let Server { is_default: _, machine_id, version } = server.ok_or(Failure::Refused(None))?;
    Ok(Answer::data(json!({"machine_identifier": machine_id, "version": version})))
}
