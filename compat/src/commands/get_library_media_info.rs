//! `get_library_media_info`: what is in a library, or in an item, with formats, sizes and plays.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::{Record, lower, seconds};
use crate::page::{Page, Window};
use crate::params::whole;
use crate::table;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) const LIBRARY_DOCUMENT: &str = include_str!("../../documents/get_library_media_info.graphql");
pub(crate) const ITEM_DOCUMENT: &str = include_str!("../../documents/get_library_media_info_item.graphql");
/// The library that stands for everything live has no content.
const LIVE: i64 = 999_999;
/// Columns and what the schema calls them.
const COLUMNS: [(&str, &str); 12] = [
    ("added_at", "ADDED_AT"),
    ("sort_title", "TITLE"),
    ("container", "CONTAINER"),
    ("bitrate", "BITRATE"),
    ("video_codec", "VIDEO_CODEC"),
    ("video_resolution", "VIDEO_RESOLUTION"),
    ("video_framerate", "VIDEO_FRAMERATE"),
    ("audio_codec", "AUDIO_CODEC"),
    ("audio_channels", "AUDIO_CHANNELS"),
    ("file_size", "FILE_SIZE"),
    ("last_played", "LAST_PLAYED"),
    ("play_count", "PLAYS"),
];
/// The schema takes no more.
const MOST_COLUMNS: usize = 5;

#[derive(Deserialize)]
struct OfLibrary {
    node: Option<Node>,
}

#[derive(Deserialize)]
struct Node {
    table: Option<Table>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfItem {
    library_item: Option<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    facts: Facts,
    table: Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Table {
    total_count: i64,
    filtered_count: i64,
    filtered_file_size: i64,
    page_file_size: i64,
    kept: bool,
    read_at: DateTime<Utc>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    kind: String,
    rating_key: String,
    parent_rating_key: Option<String>,
    grandparent_rating_key: Option<String>,
    title: String,
    sort_title: String,
    year: Option<i64>,
    index: Option<i64>,
    parent_index: Option<i64>,
    thumb: Option<String>,
    added_at: Option<DateTime<Utc>>,
    container: Option<String>,
    bitrate: Option<i64>,
    video_codec: Option<String>,
    video_resolution: Option<String>,
    video_framerate: Option<String>,
    audio_codec: Option<String>,
    audio_channels: Option<i64>,
    file_size: Option<i64>,
    plays: Option<i64>,
    last_played_at: Option<DateTime<Utc>>,
}

/// Which library the rows say that they are of.
struct Section {
    id: i64,
    kind: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let page = Page::read(call.params)?;
    let section = call.params.filled("section_id").and_then(whole).filter(|section| *section != LIVE);
    let library = match section {
        Some(section) => call.library(section).await?.map(|library| (section, library)),
        None => None,
    };
    let shown = |library: &(i64, super::Library)| Section { id: library.0, kind: lower(&library.1.kind) };
    let told = library.as_ref().map(shown).unwrap_or(Section { id: 0, kind: String::new() });
    if let Some(key) = call.params.filled("rating_key") {
        return of_item(call, page, key, &told).await;
    }
    let Some((_, library)) = library else { return Ok(Answer::data(nothing())) };
    let ask = async |window: Window, fresh: bool| {
        let variables = json!({"id": library.id, "input": input(&call, window, fresh, "TITLE")});
        let OfLibrary { node } = call.ask(LIBRARY_DOCUMENT, variables).await?;
        Ok::<_, Failure>(node.and_then(|node| node.table))
    };
    let fresh = call.params.switch("refresh", false);
    let window = match page.first_look() {
        Some(window) => window,
        None => {
            let counted = ask(Window::default(), fresh).await?;
            bounded(page, counted.map_or(0, |table| table.filtered_count))
        }
    };
    let found = ask(window, fresh && page.first_look().is_some()).await?;
    Ok(found.map_or_else(|| Answer::data(nothing()), |table| Answer::data(reshape(table, &told, 0, true))))
}

async fn of_item(call: Call<'_>, page: Page, key: &str, told: &Section) -> Outcome {
    let ask = async |window: Window| {
        let fresh = call.params.switch("refresh", false);
        let variables = json!({"key": key, "input": input(&call, window, fresh, "INDEX")});
        let OfItem { library_item } = call.ask(ITEM_DOCUMENT, variables).await?;
        Ok::<_, Failure>(library_item)
    };
    let window = match page.first_look() {
        Some(window) => window,
        None => bounded(page, ask(Window::default()).await?.map_or(0, |item| item.table.filtered_count)),
    };
    let Some(Item { facts, table }) = ask(window).await? else { return Ok(Answer::data(nothing())) };
    // The way past the seasons counts, and is left out of the rows.
    let past = i64::from(facts.kind == "SHOW" && table.total_count > 1);
    Ok(Answer::data(reshape(table, told, past, false)))
}

fn bounded(page: Page, count: i64) -> Window {
    let (from, to) = page.bounds(count);
    Window { offset: from, limit: to - from }
}

/// `by_title` is what rows that are ordered by their titles are ordered by: seasons, episodes, albums and tracks have numbers.
fn input(call: &Call<'_>, window: Window, fresh: bool, by_title: &'static str) -> Value {
    let known: [&'static str; 12] = COLUMNS.map(|(name, _)| name);
    let order = table::order(call.params, &known, "sort_title");
    let names = order
        .iter()
        .filter_map(|(column, _)| COLUMNS.iter().find(|(name, _)| name == column).map(|(_, name)| *name))
        .map(|name| if name == "TITLE" { by_title } else { name });
    json!({
        "text": call.params.filled("search"),
        "orderBy": names.take(MOST_COLUMNS).collect::<Vec<_>>(),
        "descending": order.iter().map(|(_, descends)| *descends).take(MOST_COLUMNS).collect::<Vec<_>>(),
        "offset": window.offset,
        "limit": window.limit,
        "refresh": fresh,
        "asRecorded": true,
    })
}

fn nothing() -> Map<String, Value> {
    let mut table = table::nothing();
    put_sizes(&mut table, 0, 0, None);
    table
}

fn put_sizes(table: &mut Map<String, Value>, page: i64, whole: i64, read_at: Option<i64>) {
    table.insert("filtered_file_size".to_owned(), page.into());
    table.insert("total_file_size".to_owned(), whole.into());
    table.insert("last_refreshed".to_owned(), read_at.into());
}

fn reshape(table: Table, section: &Section, more: i64, with_plays: bool) -> Map<String, Value> {
    let Table { total_count, filtered_count, filtered_file_size, page_file_size, kept, read_at, rows } =
        table;
    let rows = rows.into_iter().map(|row| reshape_row(row, section, with_plays)).collect();
    let mut told = table::envelope(filtered_count, total_count.saturating_add(more), rows);
    put_sizes(
        &mut told,
        page_file_size,
        filtered_file_size,
        Some(read_at.timestamp()).filter(|_| kept && with_plays),
    );
    told
}

fn reshape_row(row: Row, section: &Section, with_plays: bool) -> Value {
    let Row {
        kind,
        rating_key,
        parent_rating_key,
        grandparent_rating_key,
        title,
        sort_title,
        year,
        index,
        parent_index,
        thumb,
        added_at,
        container,
        bitrate,
        video_codec,
        video_resolution,
        video_framerate,
        audio_codec,
        audio_channels,
        file_size,
        plays,
        last_played_at,
    } = row;
    let mut record = Record::default();
    record.put("section_id", section.id);
    record.put("section_type", section.kind.clone());
    record.digits("added_at", seconds(added_at));
    record.put("media_type", lower(&kind));
    record.put("rating_key", rating_key);
    record.text("parent_rating_key", parent_rating_key);
    record.text("grandparent_rating_key", grandparent_rating_key);
    record.put("title", title);
    record.put("sort_title", sort_title);
    record.digits("year", year);
    record.digits("media_index", index);
    record.digits("parent_media_index", parent_index);
    record.text("thumb", thumb);
    record.text("container", container);
    record.digits("bitrate", bitrate);
    record.text("video_codec", video_codec);
    record.text("video_resolution", video_resolution);
    record.text("video_framerate", video_framerate);
    record.text("audio_codec", audio_codec);
    record.digits("audio_channels", audio_channels);
    record.digits("file_size", file_size);
    record.put("last_played", seconds(last_played_at).filter(|_| with_plays));
    record.put("play_count", plays.filter(|_| with_plays));
    record.into_value()
}
