//! The legacy API over an imported file against plain SQL and arithmetic on that file: whoever asked the old installation gets the same
//! numbers, whatever lies in it. What is expected here knows nothing of how the service counts.

mod history;
mod shaken;
mod statistics;

use super::recorded::stage_over;
use super::worn;
use crate::support::app::KEY;
use crate::support::{TestApp, http};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A play with the columns of its three rows; of those that are not there, null.
type Play = Map<String, Value>;

const PLAYS: &str = "SELECT h.*, m.id IS NOT NULL AS has_item, m.full_title, m.grandparent_title, m.live, m.guid, m.duration AS length,
      d.id IS NOT NULL AS has_stream, d.transcode_decision, d.video_full_resolution, d.stream_video_full_resolution,
      u.user_id IS NOT NULL AS is_known, coalesce(nullif(trim(u.friendly_name), ''), u.username) AS name
    FROM session_history h LEFT JOIN session_history_metadata m ON m.id = h.id LEFT JOIN session_history_media_info d ON d.id = h.id
      LEFT JOIN users u ON u.user_id = h.user_id ORDER BY h.id";

fn rows(file: &Path, sql: &str) -> Vec<Play> {
    let file = Connection::open(file).unwrap();
    let mut statement = file.prepare(sql).unwrap();
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let read = |row: &rusqlite::Row<'_>| {
        let cell = |(at, name): (usize, &String)| {
            let value = match row.get_ref(at).unwrap() {
                ValueRef::Integer(number) => json!(number),
                ValueRef::Real(number) => json!(number),
                ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
                _ => Value::Null,
            };
            (name.clone(), value)
        };
        Ok(names.iter().enumerate().map(cell).collect())
    };
    statement.query_map([], read).unwrap().map(Result::unwrap).collect()
}

fn number(play: &Play, column: &str) -> i64 {
    play[column].as_i64().unwrap_or(0)
}

fn is(play: &Play, column: &str) -> bool {
    play[column] == 1
}

/// From start to stop without pauses; a play that never stopped takes off what it paused.
fn seconds(play: &Play) -> i64 {
    let lasted = match play["stopped"].as_i64() {
        Some(stopped) if stopped > 0 => stopped - number(play, "started"),
        _ => 0,
    };
    lasted - number(play, "paused_counter")
}

/// Whether a play is found by a parameter.
fn finds(play: &Play, name: &str, value: &str) -> bool {
    let has = |column: &str| {
        let said = play[column].as_str().map_or_else(|| play[column].to_string(), str::to_owned);
        value.split(',').any(|one| said == one)
    };
    match name {
        "media_type" => value.split(',').any(|kind| match is(play, "live") {
            true => kind == "live",
            false => play["media_type"] == kind,
        }),
        "search" => {
            let said = |column: &&str| {
                play[*column]
                    .as_str()
                    .is_some_and(|text| text.to_ascii_lowercase().contains(&value.to_ascii_lowercase()))
            };
            ["ip_address", "platform", "product", "player", "full_title", "name"].iter().any(said)
        }
        column => has(column),
    }
}

/// The service over a file, as an old program asks it, and what lies in the file.
struct Old {
    app: TestApp,
    client: reqwest::Client,
    plays: Vec<Play>,
    media: BTreeMap<i64, Play>,
}

impl Old {
    /// Over the reference's file, after somebody had a hand in it.
    async fn start(change: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = worn(folder.path());
        change(&file);
        let media = rows(&file, "SELECT * FROM session_history_media_info ORDER BY id");
        Self {
            app: stage_over(&file).await,
            client: http(),
            plays: rows(&file, PLAYS),
            media: media.into_iter().map(|row| (number(&row, "id"), row)).collect(),
        }
    }

    async fn unchanged() -> Self {
        Self::start(|_| {}).await
    }

    async fn ask(&self, command: &str, more: &[(&str, &str)]) -> Value {
        let parameters = [&[("apikey", KEY), ("cmd", command)], more].concat();
        let url = format!("{}/api/v2", self.app.base);
        let answer = self.client.get(url).query(&parameters).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["response"]["data"].clone()
    }
}

fn distinct(plays: &[Play], column: &str) -> Vec<String> {
    let said: BTreeSet<String> = plays
        .iter()
        .map(|play| play[column].as_str().map_or_else(|| play[column].to_string(), str::to_owned))
        .filter(|text| text != "null" && !text.is_empty())
        .collect();
    said.into_iter().collect()
}
