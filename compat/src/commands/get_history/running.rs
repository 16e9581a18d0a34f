//! Running streams as rows: those that the question would find were they over.

use super::ask::Ask;
use super::facts::{Item, Player, User};
use super::row::Row;
use crate::backend::Client;
use crate::graph::{Decision, lower, whole_seconds};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Session {
    session_key: i64,
    state: String,
    started_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    paused: i64,
    progress_percent: i64,
    watched: bool,
    user_name: String,
    user: Option<User>,
    item: Item,
    player: Player,
    stream: Stream,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stream {
    decision: Decision,
}

/// The rows of the sessions that match, newest first.
pub(super) fn rows(sessions: Vec<Session>, ask: &Ask, client: &dyn Client) -> Vec<Row> {
    let matching = sessions.into_iter().filter(|session| matches(session, &ask.filter, client));
    let mut rows: Vec<Row> = matching.map(Row::from).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.started));
    rows
}

impl From<Session> for Row {
    fn from(session: Session) -> Self {
        let Session {
            session_key,
            state,
            started_at,
            seen_at,
            paused,
            progress_percent,
            watched,
            user_name,
            user,
            item,
            player,
            stream: Stream { decision },
        } = session;
        let (started, stopped, paused) = (started_at.timestamp(), seen_at.timestamp(), whole_seconds(paused));
        Self {
            reference_id: None,
            row_id: None,
            date: started,
            started,
            stopped: Some(stopped),
            played: (stopped - started - paused).max(0),
            paused,
            user,
            user_name,
            item,
            player,
            decision: Some(decision),
            percent_complete: progress_percent,
            watched_quarters: if watched { 4 } else { quarters(progress_percent) },
            group_count: 1,
            group_ids: None,
            state: Some(lower(&state)),
            session_key: Some(session_key),
            recorded: Map::new(),
        }
    }
}

/// What is not watched yet ends at three quarters.
fn quarters(percent: i64) -> i64 {
    (percent / 25).clamp(0, 3)
}

fn matches(session: &Session, filter: &Value, client: &dyn Client) -> bool {
    let (item, user) = (&session.item, session.user.as_ref());
    let day = client.day_of(session.started_at.timestamp());
    let account = user.map(|user| user.account_id);
    let name = user.map_or(session.user_name.as_str(), |user| user.username.as_str());
    has_number(filter, "accountIds", account)
        && has_text(filter, "userNames", Some(name))
        && has_number(filter, "sectionIds", item.section_id)
        && has_text(filter, "ratingKeys", item.rating_key.as_deref())
        && has_text(filter, "parentRatingKeys", item.parent_rating_key.as_deref())
        && has_text(filter, "grandparentRatingKeys", item.grandparent_rating_key.as_deref())
        && has_text(filter, "guids", item.guid.as_deref())
        && has_text(filter, "decisions", Decision::name_of(session.stream.decision.word()))
        && is_of_kind(filter, item)
        && text(filter, "on").is_none_or(|on| day == on)
        && text(filter, "after").is_none_or(|after| day.as_str() >= after)
        && text(filter, "before").is_none_or(|before| day.as_str() <= before)
        && text(filter, "text").is_none_or(|text| is_found(session, text))
}

fn text<'a>(filter: &'a Value, field: &str) -> Option<&'a str> {
    filter.get(field)?.as_str()
}

fn list<'a>(filter: &'a Value, field: &str) -> Option<&'a Vec<Value>> {
    filter.get(field)?.as_array()
}

fn has_number(filter: &Value, field: &str, number: Option<i64>) -> bool {
    list(filter, field).is_none_or(|wanted| number.is_some_and(|number| wanted.contains(&number.into())))
}

fn has_text(filter: &Value, field: &str, text: Option<&str>) -> bool {
    list(filter, field).is_none_or(|wanted| text.is_some_and(|text| wanted.contains(&text.into())))
}

/// Live programmes are a kind of their own.
fn is_of_kind(filter: &Value, item: &Item) -> bool {
    let live = filter.get("live").is_some();
    match (list(filter, "kinds"), item.live) {
        (None, false) => !live,
        (None, true) => true,
        (Some(_), true) => live,
        (Some(kinds), false) => kinds.contains(&item.kind.as_str().into()),
    }
}

fn is_found(session: &Session, text: &str) -> bool {
    let Session { user_name, user, item, player, .. } = session;
    let wanted = text.to_lowercase();
    let wanted = wanted.trim_matches('%');
    let places = [
        Some(user_name.as_str()),
        user.as_ref().map(|user| user.friendly_name.as_str()),
        Some(item.full_title.as_str()),
        player.address.as_deref(),
        player.platform.as_deref(),
        player.product.as_deref(),
        player.title.as_deref(),
    ];
    places.into_iter().flatten().any(|place| place.to_lowercase().contains(wanted))
}
