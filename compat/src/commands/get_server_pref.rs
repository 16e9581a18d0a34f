//! `get_server_pref`: a setting of the media server.

use super::{Call, loose};
use crate::answer::{Answer, Failure, Outcome};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_pref.graphql");

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    preference: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let name = call.params.filled("pref").ok_or(Failure::Refused(None))?;
    let Data { servers } = call.ask(DOCUMENT, json!({"name": name})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    // What is not there is called so.
    let value = server.and_then(|server| server.preference).unwrap_or_else(|| "None".to_owned());
    Ok(Answer::data(loose(value)))
}
