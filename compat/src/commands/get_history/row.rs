//! A row of the table, of a finished play or a group of them.

use super::facts::{Item, Player, User};
use crate::commands::get_activity::known_as;
use crate::graph::{Decision, Record, lower, user_thumb, whole_seconds};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Line {
    date: DateTime<Utc>,
    started_at: DateTime<Utc>,
    stopped_at: DateTime<Utc>,
    group_row_id: i64,
    played: i64,
    paused: i64,
    percent_complete: i64,
    watched_quarters: i64,
    play_count: i64,
    play_row_ids: Vec<i64>,
    recorded: Option<Recorded>,
    furthest: Option<Play>,
}

/// What was recorded otherwise.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recorded {
    stopped_at: Option<DateTime<Utc>>,
    named_group_row_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Play {
    row_id: i64,
    decision: Decision,
    /// What cannot be told as it is here, by the names of the answer.
    recorded_cells: Option<Map<String, Value>>,
    view_offset: i64,
    user: Option<User>,
    item: Item,
    player: Player,
}

impl Play {
    /// How long its item lasts. Where the description says nothing of that, what the stream says does not count there.
    fn length(&self) -> Option<i64> {
        let is_unsaid = self.recorded_cells.as_ref().is_some_and(|cells| cells.contains_key("item_duration"));
        self.item.duration.filter(|_| !is_unsaid)
    }

    /// How far it got, as clients know it: of what has no length, a millisecond is all of it; what lies beyond the end counts on. A half
    /// goes to the even number.
    fn percent(&self, known: i64) -> i64 {
        let Self { view_offset, item, .. } = self;
        let whole = match self.length() {
            _ if item.live => return known,
            None | Some(..=0) => 1,
            Some(duration) => duration,
        };
        let hundredfold = view_offset.saturating_mul(100);
        let (percent, rest) = (hundredfold / whole, hundredfold % whole);
        let is_more = rest > whole - rest || (rest == whole - rest && percent % 2 == 1);
        percent + i64::from(is_more)
    }
}

/// A row before it is spelled; running streams have no numbers, finished plays no state.
pub(super) struct Row {
    pub(super) reference_id: Option<i64>,
    pub(super) row_id: Option<i64>,
    pub(super) date: i64,
    pub(super) started: i64,
    pub(super) stopped: Option<i64>,
    /// Seconds.
    pub(super) played: i64,
    pub(super) paused: i64,
    pub(super) user: Option<User>,
    /// The server's name for whoever plays, where there is no user.
    pub(super) user_name: String,
    pub(super) item: Item,
    pub(super) player: Player,
    pub(super) decision: Option<Decision>,
    pub(super) percent_complete: i64,
    pub(super) watched_quarters: i64,
    pub(super) group_count: i64,
    pub(super) group_ids: Option<String>,
    pub(super) state: Option<String>,
    pub(super) session_key: Option<i64>,
    pub(super) recorded: Map<String, Value>,
}

impl From<Line> for Row {
    fn from(line: Line) -> Self {
        let Line {
            date,
            started_at,
            stopped_at,
            group_row_id,
            played,
            paused,
            percent_complete,
            watched_quarters,
            play_count,
            play_row_ids,
            recorded,
            furthest,
        } = line;
        let newest = play_row_ids.last().copied();
        let percent_complete =
            furthest.as_ref().map_or(percent_complete, |play| play.percent(percent_complete));
        let length = furthest.as_ref().and_then(Play::length);
        let (row_id, decision, user, item, player, cells) = match furthest {
            Some(Play { row_id, decision, user, item, player, recorded_cells, .. }) => {
                (Some(row_id), Some(decision), user, item, player, recorded_cells.unwrap_or_default())
            }
            None => (newest, None, None, Item::default(), Player::default(), Map::new()),
        };
        // What has no length is never watched to its end.
        let watched_quarters = match length {
            None | Some(..=0) if !item.live => (percent_complete / 25).min(3),
            _ => watched_quarters,
        };
        let (group, stopped_at) = match recorded {
            Some(Recorded { stopped_at, named_group_row_id }) => (named_group_row_id, stopped_at),
            None => (Some(group_row_id), Some(stopped_at)),
        };
        let ids: Vec<_> = play_row_ids.iter().map(i64::to_string).collect();
        Self {
            reference_id: group,
            row_id,
            date: date.timestamp(),
            started: started_at.timestamp(),
            stopped: stopped_at.map(|at| at.timestamp()),
            played: whole_seconds(played),
            paused: whole_seconds(paused),
            user,
            user_name: String::new(),
            item,
            player,
            decision,
            percent_complete,
            watched_quarters,
            group_count: play_count,
            group_ids: Some(ids.join(",")),
            state: None,
            session_key: None,
            recorded: cells,
        }
    }
}

impl Row {
    pub(super) fn into_value(self) -> Value {
        let Self {
            reference_id,
            row_id,
            date,
            started,
            stopped,
            played,
            paused,
            user,
            user_name,
            item,
            player,
            decision,
            percent_complete,
            watched_quarters,
            group_count,
            group_ids,
            state,
            session_key,
            recorded,
        } = self;
        let mut record = Record::sized(40);
        record.put("reference_id", reference_id);
        record.put("row_id", row_id);
        record.put("id", row_id);
        record.put("date", date);
        record.put("started", started);
        record.put("stopped", stopped);
        record.put("duration", played);
        record.put("play_duration", played);
        record.put("paused_counter", paused);
        put_user(&mut record, user, user_name);
        put_player(&mut record, player, item.live);
        put_item(&mut record, item);
        record.decision("transcode_decision", decision);
        record.put("percent_complete", percent_complete);
        record.put("watched_status", quarters(watched_quarters));
        record.put("group_count", group_count);
        record.put("group_ids", group_ids);
        record.put("state", state);
        record.put("session_key", session_key);
        record.replace(recorded);
        record.into_value()
    }
}

fn put_user(record: &mut Record, user: Option<User>, user_name: String) {
    let (account_id, username, friendly_name, thumb) = match user {
        // Who is known from plays alone has no name but the one that the play carries.
        Some(User { account_id, friendly_name, is_stranger, thumb, username }) => {
            let account = Some(account_id).filter(|account| *account >= 0);
            (account, username, Some(friendly_name).filter(|_| !is_stranger), thumb)
        }
        None => (None, user_name.clone(), Some(user_name).filter(|name| !name.is_empty()), None),
    };
    record.put("user_id", account_id);
    record.put("user", username);
    record.put("friendly_name", friendly_name);
    record.put("user_thumb", user_thumb(thumb));
}

fn put_player(record: &mut Record, player: Player, live: bool) {
    let Player { address, location, machine_id, platform, product, relayed, secure, title } = player;
    record.text("platform", platform.map(|platform| known_as(&platform).to_owned()));
    record.text("product", product);
    record.text("player", title);
    record.text("ip_address", address);
    record.flag("live", live);
    record.text("machine_id", machine_id);
    record.put("location", Some(lower(&location)).filter(|word| !word.is_empty()));
    record.put("secure", secure.map(u8::from));
    record.flag("relayed", relayed);
}

fn put_item(record: &mut Record, item: Item) {
    let picture = item.picture();
    let Item {
        full_title,
        grandparent_rating_key,
        grandparent_thumb: _,
        grandparent_title,
        guid,
        index,
        kind,
        live: _,
        original_title,
        originally_available_at,
        duration: _,
        parent_index,
        parent_rating_key,
        parent_thumb: _,
        parent_title,
        poster: _,
        rating_key,
        section_id: _,
        title,
        year,
    } = item;
    record.put("media_type", lower(&kind));
    record.key("rating_key", rating_key);
    record.key("parent_rating_key", parent_rating_key);
    record.key("grandparent_rating_key", grandparent_rating_key);
    record.put("full_title", full_title);
    record.text("title", title);
    record.text("parent_title", parent_title);
    record.text("grandparent_title", grandparent_title);
    record.text("original_title", original_title);
    record.number("year", year);
    record.number("media_index", index);
    record.number("parent_media_index", parent_index);
    record.text("thumb", picture);
    record.text("originally_available_at", originally_available_at);
    record.text("guid", guid);
}

/// 0, 0.25, 0.5, 0.75 or 1.
fn quarters(count: i64) -> Value {
    if count % 4 == 0 { json!(count / 4) } else { json!(f64::from(i32::try_from(count).unwrap_or(0)) / 4.0) }
}
