//! `get_user_watch_time_stats`, `get_library_watch_time_stats`, `get_item_watch_time_stats`: plays and seconds by windows.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::whole_seconds;
use crate::params::whole;
use crate::registry::Param;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const OF_USER: &str = include_str!("../../documents/get_user_watch_time_stats.graphql");
pub(crate) const OF_LIBRARY: &str = include_str!("../../documents/get_library_watch_time_stats.graphql");
pub(crate) const OF_ITEM: &str = include_str!("../../documents/get_item_watch_time_stats.graphql");

pub(crate) const GROUPING: Param =
    Param { name: "grouping", about: "1 to count a play and its resumptions once, the default; 0 for each" };
const DAYS: Param =
    Param { name: "query_days", about: "windows in days, separated by commas; 0 is all time" };
pub(crate) const USER_PARAMS: &[Param] =
    &[Param { name: "user_id", about: "the user's account" }, GROUPING, DAYS];
pub(crate) const LIBRARY_PARAMS: &[Param] =
    &[Param { name: "section_id", about: "the library" }, GROUPING, DAYS];
pub(crate) const ITEM_PARAMS: &[Param] = &[
    Param { name: "rating_key", about: "an item, or a season, show, album or artist" },
    Param { name: "media_type", about: "what the key is of" },
    GROUPING,
    DAYS,
];

/// Windows when nobody says which.
const USUAL: &str = "1,7,30,0";
/// The schema takes no more, of either.
const MOST_WINDOWS: usize = 20;
const MOST_DAYS: i64 = 36_500;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    watch_time: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    plays: i64,
    played: i64,
}

pub(crate) async fn of_user(call: Call<'_>) -> Outcome {
    run(call, "user_id", OF_USER).await
}

pub(crate) async fn of_library(call: Call<'_>) -> Outcome {
    run(call, "section_id", OF_LIBRARY).await
}

pub(crate) async fn of_item(call: Call<'_>) -> Outcome {
    run(call, "rating_key", OF_ITEM).await
}

async fn run(call: Call<'_>, subject: &str, document: &'static str) -> Outcome {
    let Some(subject) = call.params.filled(subject) else { return Err(Failure::Refused(None)) };
    let Some(subject) = whole(subject) else { return Ok(Answer::data(Vec::<Value>::new())) };
    let members = if document == OF_ITEM { call.members().await? } else { None };
    let keys = members.map_or_else(|| vec![subject.to_string().into()], |members| members.keys());
    let windows = windows(call.params.filled("query_days").unwrap_or(USUAL));
    // What is no number of days counts as all time.
    let asked: Vec<i64> = windows.iter().map(|days| (*days).clamp(0, MOST_DAYS)).collect();
    let variables = json!({
        "subject": subject,
        "keys": keys,
        "days": asked,
        "grouped": call.params.switch("grouping", true),
    });
    let Data { watch_time } = call.ask(document, variables).await?;
    let mut lines = watch_time.into_iter();
    let told = windows.into_iter().map(|days| {
        let Line { plays, played } = lines.next().unwrap_or(Line { plays: 0, played: 0 });
        json!({"query_days": days, "total_time": whole_seconds(played), "total_plays": plays})
    });
    Ok(Answer::data(told.collect::<Vec<Value>>()))
}

fn windows(text: &str) -> Vec<i64> {
    text.split(',').take(MOST_WINDOWS).map(|days| whole(days).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn what_is_no_number_is_all_time() {
        assert_eq!(windows("7,,30"), [7, 0, 30]);
        assert_eq!(windows("x"), [0]);
        assert_eq!(windows("-1"), [-1]);
        assert_eq!(windows(&"1,".repeat(50)).len(), 20);
    }
}
