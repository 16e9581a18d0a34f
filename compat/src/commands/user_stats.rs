//! `get_library_user_stats` and `get_item_user_stats`: who has played it, those with most plays first.

use super::Call;
use super::watch_time::GROUPING;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::{user_thumb, whole_seconds};
use crate::params::whole;
use crate::registry::Param;
use serde::Deserialize;
use serde_json::{Value, json};
use std::cmp::Reverse;

pub(crate) const OF_LIBRARY: &str = include_str!("../../documents/get_library_user_stats.graphql");
pub(crate) const OF_ITEM: &str = include_str!("../../documents/get_item_user_stats.graphql");

pub(crate) const LIBRARY_PARAMS: &[Param] = &[Param { name: "section_id", about: "the library" }, GROUPING];
pub(crate) const ITEM_PARAMS: &[Param] = &[
    Param { name: "rating_key", about: "an item, or a season, show, album or artist" },
    Param { name: "media_type", about: "what the key is of" },
    GROUPING,
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    user_statistics: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    plays: i64,
    played: i64,
    user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    friendly_name: String,
    is_stranger: bool,
    picture: Option<String>,
    username: String,
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
    let grouped = call.params.switch("grouping", true);
    let members = if document == OF_ITEM { call.members().await? } else { None };
    let keys = members.map_or_else(|| vec![subject.to_string().into()], |members| members.keys());
    let variables = json!({"subject": subject, "keys": keys, "grouped": grouped});
    let Data { mut user_statistics } = call.ask(document, variables).await?;
    // Of those with as many plays, whoever watched longer comes first.
    user_statistics.sort_by_key(|line| Reverse((line.plays, line.played)));
    Ok(Answer::data(user_statistics.into_iter().filter_map(reshape).collect::<Vec<_>>()))
}

fn reshape(line: Line) -> Option<Value> {
    let Line { plays, played, user } = line;
    let User { account_id, friendly_name, is_stranger: _, picture, username } =
        user.filter(|user| !user.is_stranger)?;
    Some(json!({
        "friendly_name": friendly_name,
        "user_id": account_id,
        "user_thumb": user_thumb(picture),
        "username": username,
        "total_plays": plays,
        "total_time": whole_seconds(played),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::Host;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn of_as_many_plays_the_longer_come_first() {
        let line = |account: i64, plays: i64, seconds: i64| {
            let user = json!({"accountId": account, "friendlyName": "f", "isStranger": false, "picture": null, "username": "u"});
            json!({"plays": plays, "played": seconds * 1000, "user": user})
        };
        let lines = json!([line(1, 9, 10), line(2, 3, 100), line(3, 3, 300), line(4, 3, 200)]);
        let host = Host::with_server(vec![("GetItemUserStats", Ok(json!({"userStatistics": lines})))]);
        let told = host.data(&[("cmd", "get_item_user_stats"), ("rating_key", "1")]).await;
        let accounts: Vec<&Value> = told.as_array().unwrap().iter().map(|row| &row["user_id"]).collect();
        assert_eq!(accounts, [1, 3, 4, 2]);
    }
}
