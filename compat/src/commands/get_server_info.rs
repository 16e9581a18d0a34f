//! `get_server_info`: the default server.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::graph::Record;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_server_info.graphql");
/// Where media servers listen unless told otherwise.
const PLEX_PORT: u16 = 32_400;

#[derive(Deserialize)]
struct Data {
    servers: Vec<Server>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    machine_id: Option<String>,
    name: String,
    platform: Option<String>,
    plex_pass: bool,
    url: Option<String>,
    version: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Data { servers } = call.ask(DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    Ok(Answer::data(reshape(server.unwrap_or_default())))
}

fn reshape(server: Server) -> Value {
    let Server { is_default: _, machine_id, name, platform, plex_pass, url, version } = server;
    let parsed = url.as_deref().and_then(|url| Url::parse(url).ok());
    let parsed = parsed.as_ref();
    let port = parsed.map_or(Some(PLEX_PORT), Url::port_or_known_default);
    let mut record = Record::default();
    record.put("pms_name", name);
    record.text("pms_version", version);
    record.text("pms_platform", platform);
    record.text("pms_ip", parsed.and_then(Url::host_str));
    record.put("pms_port", port.unwrap_or(PLEX_PORT));
    record.flag("pms_ssl", parsed.is_some_and(|url| url.scheme() == "https"));
    record.text("pms_url", url.as_deref().map(|url| url.trim_end_matches('/')));
    record.flag("pms_url_manual", url.is_some());
    record.text("pms_identifier", machine_id);
    record.flag("pms_plexpass", plex_pass);
    record.into_value()
}
