//! `get_users_table`: users with what they have played.

use super::Call;
use super::played::{LastPlay, put_nothing};
use super::stray::StrayUser;
use super::user::shown_name;
use super::watch_time::GROUPING;
use crate::answer::{Answer, Outcome};
use crate::graph::{Decision, Record, user_thumb, whole_seconds};
use crate::registry::Param;
use crate::table::{Fields, Manner, Table};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_users_table.graphql");

pub(crate) const PARAMS: &[Param] = &[
    GROUPING,
    Param { name: "order_column", about: "columns to sort by; friendly_name is the default" },
    Param { name: "order_dir", about: "asc or desc for each" },
    Param { name: "start", about: "rows to pass over" },
    Param { name: "length", about: "rows to return, 25 by default" },
    Param { name: "search", about: "text in names, e-mail addresses and players" },
];

/// The account's own picture.
pub(crate) const OWN_THUMB: &str = "own_thumb";

const TABLE: Table = Table {
    columns: &[
        "user_thumb",
        "friendly_name",
        "username",
        "title",
        "email",
        "last_seen",
        "ip_address",
        "platform",
        "player",
        "last_played",
        "plays",
        "duration",
    ],
    searched: &["friendly_name", "username", "title", "email", "ip_address", "platform", "player"],
    usual: "friendly_name",
    // Whatever was chosen here stands in the account's place, and is not looked at for the order.
    behind: &[("user_thumb", OWN_THUMB)],
    manner: Manner::Rows,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    stray_users: Vec<StrayUser>,
    user_totals: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Line {
    last_play: Option<LastPlay>,
    last_seen_at: Option<DateTime<Utc>>,
    played: i64,
    plays: i64,
    user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    allow_guest: bool,
    deleted: bool,
    do_notify: bool,
    email: Option<String>,
    friendly_name: String,
    is_active: bool,
    is_restricted: bool,
    is_stranger: bool,
    is_told: bool,
    keep_history: bool,
    picture: Option<String>,
    row_id: i64,
    thumb: Option<String>,
    title: String,
    username: String,
}

/// What is null where nothing was played.
const OF_PLAY: [&str; 16] = [
    "last_played",
    "history_row_id",
    "ip_address",
    "platform",
    "player",
    "rating_key",
    "media_type",
    "thumb",
    "parent_title",
    "year",
    "media_index",
    "parent_media_index",
    "live",
    "originally_available_at",
    "guid",
    "transcode_decision",
];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let grouped = call.params.switch("grouping", true);
    let variables = json!({"server": call.server().await?, "grouped": grouped});
    let Data { stray_users, user_totals } = call.ask(DOCUMENT, variables).await?;
    let known = |line: &Line| line.user.as_ref().is_some_and(|user| !user.is_stranger);
    let mut lines: Vec<Line> = user_totals.into_iter().filter(known).collect();
    let total = lines.len() + stray_users.len();
    lines.sort_by_key(|line| line.user.as_ref().map(|user| user.account_id));
    let strays = stray_users.into_iter().filter(|user| !user.deleted).map(|user| user.row(&OF_PLAY));
    let rows = strays.chain(lines.into_iter().filter_map(reshape));
    // Nobody wrote it down, and programs ask for it: one user alone.
    let wanted = call.params.numbers("user_id");
    let is_wanted = |row: &Fields| {
        let account = row.get("user_id").and_then(Value::as_i64);
        wanted.as_ref().is_none_or(|wanted| account.is_some_and(|account| wanted.contains(&account)))
    };
    let rows = rows.filter(is_wanted).collect();
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}

/// Whoever was deleted is counted, and not shown.
fn reshape(line: Line) -> Option<Fields> {
    let Line { last_play, last_seen_at, played, plays, user } = line;
    let user = user.filter(|user| !user.deleted)?;
    let User {
        account_id,
        allow_guest,
        deleted: _,
        do_notify,
        email,
        friendly_name,
        is_active,
        is_restricted,
        is_stranger: _,
        is_told,
        keep_history,
        picture,
        row_id,
        thumb,
        title,
        username,
    } = user;
    let mut record = Record::default();
    record.put("row_id", row_id);
    record.put("user_id", account_id);
    let shown = shown_name(&friendly_name, &username);
    record.put("username", username);
    record.put("friendly_name", shown);
    // Accounts have names; whom the owner manages has a title.
    record.put("title", Some(title).filter(|title| is_restricted && !title.is_empty()));
    record.put("email", email.or_else(|| is_told.then(String::new)));
    record.put("user_thumb", user_thumb(picture));
    record.put(OWN_THUMB, thumb);
    record.put("plays", plays);
    record.put("duration", whole_seconds(played));
    record.put("last_seen", last_seen_at.map(|at| at.timestamp()));
    match last_play {
        Some(play) => put_play(&mut record, play),
        None => put_nothing(&mut record, &OF_PLAY),
    }
    record.flag("do_notify", do_notify);
    record.flag("keep_history", keep_history);
    record.flag("allow_guest", allow_guest);
    record.flag("is_active", is_active);
    Some(record.into_fields())
}

fn put_play(record: &mut Record, play: LastPlay) {
    let LastPlay { row_id, decision, item, player } = play;
    record.put("last_played", item.full_title.clone());
    record.put("history_row_id", row_id);
    record.put("ip_address", player.address);
    record.put("platform", player.platform);
    record.put("player", player.title);
    record.key("rating_key", item.rating_key.clone());
    record.put("media_type", item.media_type());
    record.text("thumb", item.picture());
    item.put_place(record);
    item.put_identity(record);
    record.text("transcode_decision", decision.map(Decision::word));
}
