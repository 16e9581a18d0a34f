//! Lines of the history, the streams of their plays and their addresses, as SQL on the file has them.

use super::{Old, Play, distinct, finds, is, number, seconds};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
