//! `get_user_ips`: the addresses that a user has played from.

use super::Call;
use super::played::LastPlay;
use super::user::shown_name;
use crate::answer::{Answer, Outcome};
use crate::graph::{Decision, Record};
use crate::params::whole;
use crate::registry::Param;
use crate::table::{Fields, Manner, Table};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_user_ips.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "user_id", about: "the user's account" },
    Param { name: "order_column", about: "columns to sort by; last_seen is the default" },
    Param { name: "order_dir", about: "asc or desc for each" },
    Param { name: "start", about: "rows to pass over" },
    Param { name: "length", about: "rows to return, 25 by default" },
    Param { name: "search", about: "text in addresses, platforms, players and titles" },
];

const TABLE: Table = Table {
    columns: &["last_seen", "first_seen", "ip_address", "platform", "player", "last_played", "play_count"],
    searched: &["ip_address", "platform", "player", "last_played", "play_count"],
    usual: "last_seen",
    behind: &[],
    manner: Manner::Rows,
};

/// No account has this number.
const NOBODY: i64 = i64::MIN;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    address_totals: Vec<Line>,
    history_table: History,
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct History {
    total_count: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    friendly_name: String,
    username: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    address: String,
    is_nothing: bool,
    first_seen_at: DateTime<Utc>,
    last_play: Option<LastPlay>,
    last_seen_at: DateTime<Utc>,
    plays: i64,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let account = call.params.filled("user_id").and_then(whole).unwrap_or(NOBODY);
    let Data { address_totals, history_table, users } =
        call.ask(DOCUMENT, json!({"account": account})).await?;
    let user = users.first();
    let rows = address_totals.into_iter().map(|line| reshape(line, user)).collect();
    let total = usize::try_from(history_table.total_count).unwrap_or(0);
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}

fn reshape(line: Line, user: Option<&User>) -> Fields {
    let Line { address, is_nothing, first_seen_at, last_play, last_seen_at, plays } = line;
    let LastPlay { row_id, decision, item, player } = last_play.unwrap_or_default();
    let mut record = Record::default();
    record.put("history_row_id", row_id);
    record.put("last_seen", last_seen_at.timestamp());
    record.put("first_seen", first_seen_at.timestamp());
    record.put("ip_address", Some(address).filter(|_| !is_nothing));
    record.put("play_count", plays);
    record.put("platform", player.platform);
    record.put("player", player.title);
    record.put("last_played", item.full_title.clone());
    record.key("rating_key", item.rating_key.clone());
    record.text("thumb", item.picture());
    record.put("media_type", item.media_type());
    item.put_place(&mut record);
    item.put_identity(&mut record);
    record.text("transcode_decision", decision.map(Decision::word));
    record.put("friendly_name", user.map(|user| shown_name(&user.friendly_name, &user.username)));
    record.put("user_id", user.map(|user| user.account_id));
    record.into_fields()
}
