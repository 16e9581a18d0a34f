//! The legacy API over an imported file against plain SQL and arithmetic on that file: whoever asked the old installation gets the same
//! numbers, whatever lies in it. What is expected here knows nothing of how the service counts.

use super::recorded::stage_over;
use super::worn;
use crate::support::app::KEY;
use crate::support::{TestApp, http};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};
use std::cmp::Reverse;
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

/// How far it got as its row tells it: in whole per cent of its length, or of a millisecond where it has none. What was live is always whole.
fn percent(play: &Play) -> i64 {
    let length = play["length"].as_i64().filter(|length| *length != 0).unwrap_or(1);
    let percent = (number(play, "view_offset") as f64 * 100.0 / length as f64).round_ties_even() as i64;
    if is(play, "live") { percent.max(100) } else { percent.max(0) }
}

/// A line: its plays by number, and the one that speaks for it.
struct Line<'a> {
    plays: Vec<&'a Play>,
    speaker: &'a Play,
}

impl Line<'_> {
    fn ids(&self) -> String {
        let ids: Vec<String> = self.plays.iter().map(|play| play["id"].to_string()).collect();
        ids.join(",")
    }

    fn sum(&self, of: impl Fn(&Play) -> i64) -> i64 {
        self.plays.iter().map(|play| of(play)).sum()
    }

    /// The cells of its row that are worked out.
    fn told(&self) -> Value {
        json!({
            "row_id": self.speaker["id"],
            "reference_id": self.speaker["reference_id"],
            "duration": self.sum(seconds),
            "paused_counter": self.sum(|play| number(play, "paused_counter")),
            "date": self.plays.iter().map(|play| number(play, "started")).max(),
            "started": self.plays.iter().map(|play| number(play, "started")).min(),
            "stopped": self.plays.iter().filter_map(|play| play["stopped"].as_i64()).max(),
        })
    }
}

/// The lines of what a filter finds, whose item and stream were recorded.
fn lines<'a>(plays: &'a [Play], grouped: bool, finds: impl Fn(&Play) -> bool) -> Vec<Line<'a>> {
    let mut groups: BTreeMap<(bool, Option<i64>), Vec<&Play>> = BTreeMap::new();
    for play in plays.iter().filter(|play| is(play, "has_item") && is(play, "has_stream") && finds(play)) {
        let key = if grouped { &play["reference_id"] } else { &play["id"] };
        groups.entry((grouped, key.as_i64())).or_default().push(play);
    }
    let line = |plays: Vec<&'a Play>| {
        let speaker = plays.iter().copied().max_by_key(|play| (percent(play), number(play, "id"))).unwrap();
        Line { plays, speaker }
    };
    groups.into_values().map(line).collect()
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
pub(super) struct Old {
    app: TestApp,
    client: reqwest::Client,
    plays: Vec<Play>,
    media: BTreeMap<i64, Play>,
}

impl Old {
    /// Over the reference's file, after somebody had a hand in it.
    pub(super) async fn start(change: impl FnOnce(&Path)) -> Self {
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

type Filter = Vec<(&'static str, String)>;

/// All users, names, libraries, kinds and decisions, and pairs of them.
fn filters(plays: &[Play]) -> Vec<Filter> {
    let mut all: Vec<Filter> = vec![Vec::new()];
    let kinds = ["movie", "episode", "track", "live", "movie,track"];
    let decisions = ["direct play", "copy", "transcode", "copy,transcode"];
    for (column, values) in [
        ("user_id", distinct(plays, "user_id")),
        ("user", distinct(plays, "user")),
        ("section_id", distinct(plays, "section_id")),
        ("media_type", kinds.map(str::to_owned).to_vec()),
        ("transcode_decision", decisions.map(str::to_owned).to_vec()),
    ] {
        all.extend(values.into_iter().map(|value| vec![(column, value)]));
    }
    for user in distinct(plays, "user_id") {
        all.push(vec![("user_id", user.clone()), ("media_type", "movie".to_owned())]);
        all.push(vec![("user_id", user), ("transcode_decision", "direct play".to_owned())]);
    }
    for words in
        ["the", "noemail", "\\0", "ünïcödé", "Ünïcödé", "'", "<b>", "192.168.1", "iOS", "nothing of this"]
    {
        all.push(vec![("search", words.to_owned())]);
        all.push(vec![("search", words.to_owned()), ("media_type", "episode".to_owned())]);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_what_the_file_says() {
    history(&Old::unchanged().await, 1).await;
}

/// HIS-09 to HIS-12, with one of so many filters.
pub(super) async fn history(old: &Old, each: usize) {
    let plays = &old.plays;
    for (n, filter) in filters(plays).into_iter().enumerate().step_by(each) {
        for grouped in [true, false] {
            let parameters: Vec<(&str, &str)> =
                filter.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let search = parameters.iter().find(|(name, _)| *name == "search");
            let rest = |play: &Play| {
                parameters
                    .iter()
                    .filter(|(name, _)| *name != "search")
                    .all(|(name, value)| finds(play, name, value))
            };
            let mut expected = lines(plays, grouped, rest);
            // Text is looked for in the play that speaks for its line.
            expected.retain(|line| search.is_none_or(|(name, text)| finds(line.speaker, name, text)));
            let order = ["date", "started", "stopped", "paused_counter"][n % 4];
            let how =
                [("grouping", if grouped { "1" } else { "0" }), ("length", "10000"), ("order_column", order)];
            let told =
                old.ask("get_history", &[&parameters[..], &how, &[("order_dir", "asc")]].concat()).await;
            let rows = told["data"].as_array().unwrap();
            let key = |row: &Value| row[order].as_i64();
            assert!(rows.is_sorted_by_key(key), "{filter:?} {grouped} {order}");
            assert_eq!(told["recordsFiltered"], expected.len(), "{filter:?} {grouped}");
            let found: BTreeMap<&str, &Value> =
                rows.iter().map(|row| (row["group_ids"].as_str().unwrap(), row)).collect();
            for line in &expected {
                let row = found
                    .get(line.ids().as_str())
                    .unwrap_or_else(|| panic!("{filter:?} {grouped}: {}", line.ids()));
                for (column, value) in line.told().as_object().unwrap() {
                    assert_eq!(&row[column], value, "{filter:?} {grouped} {} {column}", line.ids());
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_told_as_they_lie() {
    streams(&Old::unchanged().await).await;
}

/// What `get_stream_data` says.
pub(super) async fn streams(old: &Old) {
    let Old { plays, media, .. } = old;
    let is_odd = |row: &Play| {
        let words = ["bitrate", "subtitle_forced"]
            .iter()
            .any(|column| row[*column].as_str().is_some_and(|text| !text.is_empty()));
        let has_picture = row["width"].is_i64();
        words
            || (has_picture
                && (row["stream_video_full_resolution"].is_null() || row["video_full_resolution"] == ""))
    };
    let chosen = plays.iter().filter(|play| is(play, "has_item") && is(play, "has_stream"));
    for play in chosen.filter(|play| number(play, "id") % 40 == 0 || is_odd(&media[&number(play, "id")])) {
        let (id, row) = (play["id"].to_string(), &media[&number(play, "id")]);
        let told = old.ask("get_stream_data", &[("row_id", &id)]).await;
        for (column, said) in told.as_object().unwrap() {
            // A container that was not recorded is that of the file; the rest is worked out or of the item.
            let Some(lies) = row.get(column).filter(|_| column != "stream_container") else { continue };
            let lies = if lies.is_null() || *lies == json!(0) { json!("") } else { lies.clone() };
            assert_eq!(*said, lies, "{id} {column}");
        }
    }
}

/// Sums by (category, series), of lines that are where the first of their plays is by `order`.
fn graph<K: Ord>(
    plays: Vec<&Play>,
    (grouped, timed): (bool, bool),
    place: (&str, &str),
    order: impl Fn(&Play) -> K,
) -> BTreeMap<(String, String), i64> {
    let mut groups: BTreeMap<(bool, Option<i64>), Vec<&Play>> = BTreeMap::new();
    for play in plays {
        let key = if grouped { &play["reference_id"] } else { &play["id"] };
        groups.entry((grouped, key.as_i64())).or_default().push(play);
    }
    let mut sums = BTreeMap::new();
    for mut line in groups.into_values() {
        line.sort_by_key(|play| order(play));
        let said = |column: &str| line[0][column].as_str().unwrap_or_default().to_owned();
        let value = if timed { line.iter().map(|play| seconds(play)).sum() } else { 1 };
        *sums.entry((said(place.0), said(place.1))).or_insert(0) += value;
    }
    sums
}

#[tokio::test(flavor = "multi_thread")]
async fn graphs_put_lines_where_they_began() {
    graphs(&Old::unchanged().await).await;
}

/// GRA-02, GRA-03.
pub(super) async fn graphs(old: &Old) {
    let plays = &old.plays;
    let mut users: Vec<String> = distinct(plays, "user_id");
    users.push(users[..3].join(","));
    users.push(String::new());
    let series = [("Direct Play", "direct play"), ("Direct Stream", "copy"), ("Transcode", "transcode")];
    for (n, user) in users.iter().enumerate() {
        for (command, column) in [
            ("get_stream_type_by_top_10_platforms", "platform"),
            ("get_plays_by_source_resolution", "video_full_resolution"),
        ] {
            let (grouped, timed) = (n % 3 != 2, n % 2 == 0);
            let found = plays.iter().filter(|play| {
                let is_picture = ["movie", "episode"].iter().any(|kind| play["media_type"] == *kind);
                (user.is_empty() || finds(play, "user_id", user))
                    && number(play, "stopped") > 0
                    && (column == "platform" || is_picture)
            });
            let place = (column, "transcode_decision");
            let id = |play: &Play| number(play, "id");
            let expected = match column {
                "platform" => graph(found.collect(), (grouped, timed), place, id),
                _ => graph(found.collect(), (grouped, timed), place, |play| {
                    (play["media_type"] == "movie", number(play, "stopped"), id(play))
                }),
            };
            let how = [
                ("user_id", user.as_str()),
                ("time_range", "20000"),
                ("grouping", if grouped { "1" } else { "0" }),
                ("y_axis", if timed { "duration" } else { "plays" }),
            ];
            let told = old.ask(command, &how).await;
            let categories = told["categories"].as_array().unwrap();
            assert!(!categories.is_empty());
            for (name, decision) in series {
                let line =
                    told["series"].as_array().unwrap().iter().find(|line| line["name"] == name).unwrap();
                for (category, value) in categories.iter().zip(line["data"].as_array().unwrap()) {
                    let key = (category.as_str().unwrap().to_owned(), decision.to_owned());
                    let wanted = expected.get(&key).copied().unwrap_or(0);
                    assert_eq!(*value, wanted, "{command} {user} {category} {name}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_those_of_described_plays() {
    addresses(&Old::unchanged().await).await;
}

/// What `get_user_ips` counts.
pub(super) async fn addresses(old: &Old) {
    let plays = &old.plays;
    for user in distinct(plays, "user_id") {
        let told = old.ask("get_user_ips", &[("user_id", &user), ("length", "1000")]).await;
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for play in plays
            .iter()
            .filter(|play| is(play, "has_item") && is(play, "has_stream") && finds(play, "user_id", &user))
        {
            *counts.entry(play["ip_address"].to_string()).or_default() += 1;
        }
        let rows = told["data"].as_array().unwrap().iter();
        let found: BTreeMap<String, i64> =
            rows.map(|row| (row["ip_address"].to_string(), row["play_count"].as_i64().unwrap())).collect();
        assert_eq!(found, counts, "{user}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_busiest_are_ranked_as_the_file_has_them() {
    busiest(&Old::unchanged().await).await;
}

/// STA-01 to STA-04.
pub(super) async fn busiest(old: &Old) {
    let plays = &old.plays;
    for (grouped, section) in [("1", ""), ("0", ""), ("1", "2"), ("1", "1")] {
        let how = [
            ("grouping", grouped),
            ("section_id", section),
            ("time_range", "20000"),
            ("stats_count", "1000"),
        ];
        let told = old.ask("get_home_stats", &how).await;
        for (stat, column, shown, kind) in
            [("top_tv", "grandparent_title", "title", "episode"), ("top_users", "user_id", "user_id", "")]
        {
            let found = plays.iter().filter(|play| {
                let is_of_kind = kind.is_empty() || play["media_type"] == kind;
                is_of_kind
                    && (section.is_empty() || finds(play, "section_id", section))
                    && number(play, "stopped") > 0
            });
            let mut groups: BTreeMap<Option<i64>, Vec<&Play>> = BTreeMap::new();
            for play in found {
                let key = if grouped == "1" { &play["reference_id"] } else { &play["id"] };
                groups.entry(key.as_i64()).or_default().push(play);
            }
            let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
            for line in groups.into_values().filter(|line| is(line[0], "has_item")) {
                let sum = sums.entry(line[0][column].to_string()).or_default();
                sum.0 += 1;
                sum.1 += line.iter().map(|play| seconds(play)).sum::<i64>();
            }
            let card = told.as_array().unwrap().iter().find(|card| card["stat_id"] == stat).unwrap();
            let rows = card["rows"].as_array().unwrap();
            assert!(rows.len() > 1 || !section.is_empty(), "{stat}");
            let mut order: Vec<Reverse<i64>> = Vec::new();
            for row in rows.iter().filter(|row| !row[shown].is_null()) {
                let sum = (row["total_plays"].as_i64().unwrap(), row["total_duration"].as_i64().unwrap());
                assert_eq!(
                    Some(&sum),
                    sums.get(&row[shown].to_string()),
                    "{stat} {grouped} {section} {}",
                    row[shown]
                );
                order.push(Reverse(sum.0));
            }
            assert!(order.is_sorted(), "{stat}");
        }
    }
}
