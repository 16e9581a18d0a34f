//! Rows of the cards in the reference's order of keys.

use super::item::Item;
use super::recorded::{cells, of_item};
use crate::commands::get_activity::icon;
use crate::commands::library::{self, Pictures};
use crate::graph::{Decision, Record, lower, user_thumb, whole_seconds};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    #[serde(default)]
    statistics: Statistics,
    /// Libraries that an import knows of another server.
    #[serde(default)]
    stray_libraries: Vec<Stray>,
    concurrent: Option<Concurrent>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stray {
    section_id: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Statistics {
    top_movies: Vec<TitleRow>,
    popular_movies: Vec<TitleRow>,
    top_tv: Vec<TitleRow>,
    popular_tv: Vec<TitleRow>,
    top_music: Vec<TitleRow>,
    popular_music: Vec<TitleRow>,
    last_watched: Vec<Watched>,
    top_libraries: Vec<LibraryRow>,
    top_users: Vec<UserRow>,
    top_platforms: Vec<PlatformRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Concurrent {
    most_concurrent: Vec<Peak>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TitleRow {
    last_played_at: DateTime<Utc>,
    played: i64,
    plays: i64,
    user_count: Option<i64>,
    last_play: Option<Play>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Play {
    row_id: i64,
    item: Item,
    #[serde(default)]
    recorded_cells: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Watched {
    row_id: i64,
    started_at: DateTime<Utc>,
    item: Item,
    player: Player,
    user: Option<User>,
    recorded_cells: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Player {
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    friendly_name: String,
    /// Known from plays alone, without a name of their own.
    is_stranger: bool,
    picture: Option<String>,
    username: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LibraryRow {
    last_played_at: DateTime<Utc>,
    played: i64,
    plays: i64,
    library: Option<Library>,
    last_play: Option<Play>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Library {
    #[serde(flatten)]
    pictures: Pictures,
    kind: String,
    name: String,
    section_id: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UserRow {
    last_played_at: DateTime<Utc>,
    played: i64,
    plays: i64,
    user: Option<User>,
    last_play: Option<Play>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PlatformRow {
    last_played_at: DateTime<Utc>,
    played: i64,
    plays: i64,
    platform: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Peak {
    count: i64,
    decision: Option<Decision>,
    started_at: DateTime<Utc>,
    stopped_at: DateTime<Utc>,
}

impl Data {
    /// Whether libraries count more than once: for each library of another server that has the same number.
    pub(super) fn has_doubles(&self) -> bool {
        self.statistics.top_libraries.iter().any(|row| self.times(row) > 1)
    }

    /// Takes the libraries of another answer, which has all of them: counted as often as their numbers are taken, the `count` with most
    /// after `offset`.
    pub(super) fn count_doubles(&mut self, all: Self, by_duration: bool, (offset, count): (usize, usize)) {
        let mut rows = all.statistics.top_libraries;
        for row in &mut rows {
            let times = self.times(row);
            row.plays = row.plays.saturating_mul(times);
            row.played = row.played.saturating_mul(times);
        }
        let measure = |row: &LibraryRow| if by_duration { row.played } else { row.plays };
        rows.sort_by_key(|row| Reverse((measure(row), row.last_played_at)));
        self.statistics.top_libraries = rows.into_iter().skip(offset).take(count).collect();
    }

    fn times(&self, row: &LibraryRow) -> i64 {
        let section = row.library.as_ref().map(|library| library.section_id);
        let same = |stray: &&Stray| stray.section_id.is_some() && stray.section_id == section;
        i64::try_from(self.stray_libraries.iter().filter(same).count()).unwrap_or(0) + 1
    }

    /// The rows of each card.
    pub(super) fn into_rows(self) -> BTreeMap<&'static str, Vec<Value>> {
        let Self { statistics, stray_libraries: _, concurrent } = self;
        let Statistics {
            top_movies,
            popular_movies,
            top_tv,
            popular_tv,
            top_music,
            popular_music,
            last_watched,
            top_libraries,
            top_users,
            top_platforms,
        } = statistics;
        let titles = |rows: Vec<TitleRow>, popular| rows.into_iter().map(|row| title(row, popular)).collect();
        let peaks = concurrent.map(|concurrent| peaks(&concurrent.most_concurrent)).unwrap_or_default();
        BTreeMap::from([
            ("top_movies", titles(top_movies, false)),
            ("popular_movies", titles(popular_movies, true)),
            ("top_tv", titles(top_tv, false)),
            ("popular_tv", titles(popular_tv, true)),
            ("top_music", titles(top_music, false)),
            ("popular_music", titles(popular_music, true)),
            ("last_watched", last_watched.into_iter().map(watched).collect()),
            ("top_libraries", top_libraries.into_iter().map(library).collect()),
            ("top_users", top_users.into_iter().map(user).collect()),
            ("top_platforms", top_platforms.into_iter().map(platform).collect()),
            ("most_concurrent", peaks),
        ])
    }
}

fn title(row: TitleRow, popular: bool) -> Value {
    let TitleRow { last_played_at, played, plays, user_count, last_play } = row;
    let Play { row_id, item, recorded_cells } = last_play.unwrap_or_default();
    let mut record = Record::default();
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let is_alone = item.is_alone();
    let (title, key, thumb) = if is_alone {
        (item.full_title.clone(), item.rating_key.clone(), item.poster())
    } else {
        // An artist on somebody else's album; a live show that nothing stands above.
        let title = said(&item.original_title).filter(|_| item.is_track());
        let title = title.or_else(|| item.grandparent_title.clone()).unwrap_or_default();
        let key = said(&item.grandparent_rating_key).or_else(|| item.rating_key.clone());
        (title, key, item.grandparent_thumb.clone().unwrap_or_default())
    };
    record.put("title", title);
    record.number("year", item.year);
    if popular {
        record.number("users_watched", user_count);
    } else {
        record.put("total_plays", plays);
        record.put("total_duration", whole_seconds(played));
        record.put("users_watched", "");
    }
    record.key("rating_key", key);
    record.key("grandparent_rating_key", item.grandparent_rating_key.clone());
    record.put("last_play", last_played_at.timestamp());
    if popular {
        record.put("total_plays", plays);
    }
    record.text("grandparent_thumb", item.grandparent_thumb.clone());
    record.put("thumb", thumb);
    record.text("art", item.art.clone());
    record.put("section_id", item.section_id);
    record.put("media_type", lower(&item.kind));
    record.text("content_rating", item.content_rating.clone());
    record.text("rating", item.rating.clone());
    record.put("labels", item.labels.clone());
    for absent in ["user", "friendly_name", "platform"] {
        record.put(absent, "");
    }
    record.flag("live", item.live);
    record.text("guid", item.guid);
    record.put("row_id", row_id);
    let told = of_item(recorded_cells.as_ref());
    // A show and an artist have names and keys of their own.
    let is_own = |name: &str| is_alone || !["title", "rating_key"].contains(&name);
    record.replace(told.into_iter().filter(|(name, _)| is_own(name)).collect());
    record.into_value()
}

fn watched(row: Watched) -> Value {
    let Watched { row_id, started_at, item, player, user, recorded_cells } = row;
    let mut record = Record::default();
    record.put("row_id", row_id);
    put_user(&mut record, user);
    item.put_titles(&mut record);
    item.put_pictures(&mut record);
    record.put("section_id", item.section_id);
    record.put("media_type", lower(&item.kind));
    record.text("content_rating", item.content_rating);
    record.text("rating", item.rating);
    record.put("labels", item.labels);
    record.put("last_watch", started_at.timestamp());
    record.flag("live", item.live);
    record.text("guid", item.guid);
    record.put("player", player.title);
    record.replace(of_item(recorded_cells.as_ref()));
    record.replace(cells(recorded_cells.as_ref(), &["user", "player"]));
    record.into_value()
}

fn put_user(record: &mut Record, user: Option<User>) {
    let (account, name, known) = match user {
        Some(User { account_id, friendly_name, is_stranger, picture, username }) => {
            // Whoever has no account was nobody.
            let account = Some(account_id).filter(|account| *account >= 0);
            let is_known = account.is_some() && !is_stranger;
            (account, username, is_known.then(|| (friendly_name, user_thumb(picture))))
        }
        None => (None, String::new(), None),
    };
    let (friendly, picture) = known.unzip();
    record.put("user", name);
    record.put("friendly_name", friendly);
    record.put("user_id", account);
    record.put("user_thumb", picture);
}

fn library(row: LibraryRow) -> Value {
    let LibraryRow { last_played_at, played, plays, library, last_play } = row;
    let Play { row_id, item, recorded_cells } = last_play.unwrap_or_default();
    let mut record = Record::default();
    record.put("total_plays", plays);
    record.put("total_duration", whole_seconds(played));
    let section = library.as_ref().map(|library| library.section_id);
    // A library that is known from its plays alone has no name.
    let known = library.as_ref().filter(|library| !library.name.is_empty());
    record.put("section_type", known.map(|library| library::kind(&library.kind, library.section_id)));
    record.put("section_name", known.map(|library| library.name.clone()));
    record.put("section_id", section);
    record.put("last_play", last_played_at.timestamp());
    let (thumb, art) = library.map_or_else(|| Pictures::default().told(0), |l| l.pictures.told(l.section_id));
    record.put("library_thumb", thumb);
    record.put("library_art", art);
    item.put_pictures(&mut record);
    for absent in ["user", "friendly_name", "users_watched", "platform"] {
        record.put(absent, "");
    }
    put_last(record, item, row_id, recorded_cells.as_ref(), &[])
}

fn user(row: UserRow) -> Value {
    let UserRow { last_played_at, played, plays, user, last_play } = row;
    let Play { row_id, item, recorded_cells } = last_play.unwrap_or_default();
    let mut record = Record::default();
    let picture = user.as_ref().and_then(|user| user.picture.clone());
    record.put("user", user.as_ref().map(|user| user.username.clone()));
    // Whoever has no account was nobody.
    let known = user.filter(|user| user.account_id >= 0);
    record.put("user_id", known.as_ref().map(|user| user.account_id));
    record.put("friendly_name", known.filter(|user| !user.is_stranger).map(|user| user.friendly_name));
    record.put("total_plays", plays);
    record.put("total_duration", whole_seconds(played));
    record.put("last_play", last_played_at.timestamp());
    record.put("user_thumb", user_thumb(picture));
    item.put_pictures(&mut record);
    record.put("users_watched", "");
    record.put("platform", "");
    put_last(record, item, row_id, recorded_cells.as_ref(), &["user"])
}

/// The last play of a library or user; cells `of_owner` are told as they lay.
fn put_last(
    mut record: Record,
    item: Item,
    row_id: i64,
    recorded: Option<&Map<String, Value>>,
    of_owner: &[&str],
) -> Value {
    item.put_titles(&mut record);
    record.put("media_type", lower(&item.kind));
    record.text("content_rating", item.content_rating);
    record.put("labels", item.labels);
    record.flag("live", item.live);
    record.text("guid", item.guid);
    record.put("row_id", row_id);
    record.replace(of_item(recorded));
    record.replace(cells(recorded, of_owner));
    record.into_value()
}

fn platform(row: PlatformRow) -> Value {
    let PlatformRow { last_played_at, played, plays, platform } = row;
    let platform = platform.unwrap_or_default();
    let mut record = Record::default();
    record.put("total_plays", plays);
    record.put("total_duration", whole_seconds(played));
    record.put("last_play", last_played_at.timestamp());
    let name = icon(&platform);
    record.put("platform", platform);
    record.put("platform_name", name);
    for absent in ["title", "thumb", "grandparent_thumb", "art", "users_watched", "rating_key"] {
        record.put(absent, "");
    }
    for absent in ["grandparent_rating_key", "user", "friendly_name", "row_id"] {
        record.put(absent, "");
    }
    record.into_value()
}

/// All streams first, then what costs most.
fn peaks(peaks: &[Peak]) -> Vec<Value> {
    const LINES: [(Option<Decision>, &str); 4] = [
        (None, "Concurrent Streams"),
        (Some(Decision::Transcode), "Concurrent Transcodes"),
        (Some(Decision::Copy), "Concurrent Direct Streams"),
        (Some(Decision::DirectPlay), "Concurrent Direct Plays"),
    ];
    let lines = LINES.iter().filter_map(|(decision, title)| {
        let peak = peaks.iter().find(|peak| peak.decision == *decision)?;
        Some(json!({
            "title": title,
            "count": peak.count,
            "started": peak.started_at.timestamp().to_string(),
            "stopped": peak.stopped_at.timestamp().to_string(),
        }))
    });
    lines.collect()
}
