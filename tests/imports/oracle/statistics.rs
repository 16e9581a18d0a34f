//! Graphs and rankings, as arithmetic on the file's plays has them.

use super::{Old, Play, distinct, finds, is, number, seconds};
use std::cmp::Reverse;
use std::collections::BTreeMap;

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
