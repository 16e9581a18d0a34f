//! `get_plex_log`: the last lines of a log of the media server.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::params::{Params, whole};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_plex_log.graphql");
const MOST: i64 = 100_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    media_server_log: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    at: Option<DateTime<Utc>>,
    level: String,
    message: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let kind = if is_scanner(call.params) { "SCANNER" } else { "SERVER" };
    let last = call.params.filled("window").and_then(whole).map(|lines| lines.clamp(0, MOST));
    let Data { media_server_log } = call.ask(DOCUMENT, json!({"kind": kind, "last": last})).await?;
    let lines = media_server_log.into_iter().map(|Entry { at, level, message }| {
        let at = at.map(|at| at.format("%b %d, %Y %H:%M:%S").to_string());
        json!([at.unwrap_or_default(), level, message])
    });
    Ok(Answer::data(json!({"data": lines.collect::<Vec<_>>()})))
}

/// Whether the log of what reads libraries is meant.
pub(crate) fn is_scanner(params: Params<'_>) -> bool {
    let named = params.filled("logfile").is_some_and(|name| name.eq_ignore_ascii_case("Plex Media Scanner"));
    named || params.filled("log_type").is_some_and(|word| word.eq_ignore_ascii_case("scanner"))
}
