//! `get_user_player_stats`: the players of a user, the most used first.

use super::Call;
use super::get_activity::icon;
use super::watch_time::GROUPING;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::whole_seconds;
use crate::params::whole;
use crate::registry::Param;
use serde::Deserialize;
use serde_json::{Value, json};
use std::cmp::Reverse;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_user_player_stats.graphql");
pub(crate) const PARAMS: &[Param] = &[Param { name: "user_id", about: "the user's account" }, GROUPING];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    player_statistics: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    is_nothing: bool,
    platform: Option<String>,
    played: i64,
    player: String,
    plays: i64,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(user) = call.params.filled("user_id") else { return Err(Failure::Refused(None)) };
    let Some(user) = whole(user) else { return Ok(Answer::data(Vec::<Value>::new())) };
    let variables = json!({"user": user, "grouped": call.params.switch("grouping", true)});
    let Data { mut player_statistics } = call.ask(DOCUMENT, variables).await?;
    // Of those with as many plays, what was watched on longer comes first.
    player_statistics.sort_by_key(|line| Reverse((line.plays, line.played)));
    let told = player_statistics.into_iter().enumerate().map(|(at, line)| reshape(line, at));
    Ok(Answer::data(told.collect::<Vec<_>>()))
}

fn reshape(line: Line, at: usize) -> Value {
    let Line { is_nothing, platform, played, player, plays } = line;
    let platform = platform.unwrap_or_default();
    json!({
        "player_name": Some(player).filter(|_| !is_nothing),
        "platform": platform,
        "platform_name": icon(&platform),
        "total_plays": plays,
        "total_time": whole_seconds(played),
        "result_id": at,
    })
}
