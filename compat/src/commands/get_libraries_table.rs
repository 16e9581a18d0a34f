//! `get_libraries_table`: libraries with what was played from them.

use super::Call;
use super::library::{Library, kind};
use super::played::{LastPlay, put_nothing};
use super::stray::StrayLibrary;
use super::watch_time::GROUPING;
use crate::answer::{Answer, Outcome};
use crate::graph::{Record, whole_seconds};
use crate::registry::Param;
use crate::table::{Fields, Manner, Table};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_libraries_table.graphql");

pub(crate) const PARAMS: &[Param] = &[
    GROUPING,
    Param { name: "order_column", about: "columns to sort by; section_name is the default" },
    Param { name: "order_dir", about: "asc or desc for each" },
    Param { name: "start", about: "rows to pass over" },
    Param { name: "length", about: "rows to return, 25 by default" },
    Param { name: "search", about: "text in names, kinds, counts and titles" },
];

/// The library's own picture.
const OWN_THUMB: &str = "own_thumb";

const TABLE: Table = Table {
    columns: &[
        "library_thumb",
        "section_name",
        "section_type",
        "count",
        "parent_count",
        "child_count",
        "last_accessed",
        "last_played",
        "plays",
        "duration",
    ],
    searched: &["section_name", "section_type", "count", "parent_count", "child_count", "last_played"],
    usual: "section_name",
    // Whatever was chosen here stands in the library's place, and is not looked at for the order.
    behind: &[("library_thumb", OWN_THUMB)],
    manner: Manner::Rows,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    library_totals: Vec<Line>,
    stray_libraries: Vec<StrayLibrary>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    last_play: Option<LastPlay>,
    last_played_at: Option<DateTime<Utc>>,
    library: Option<Library>,
    played: i64,
    plays: i64,
}

/// What is null where nothing was played, before and behind the labels.
const BEFORE_LABELS: [&str; 10] = [
    "history_row_id",
    "last_played",
    "rating_key",
    "media_type",
    "thumb",
    "parent_title",
    "year",
    "media_index",
    "parent_media_index",
    "content_rating",
];
const BEHIND_LABELS: [&str; 3] = ["live", "originally_available_at", "guid"];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let grouped = call.params.switch("grouping", true);
    let variables = json!({"server": call.server().await?, "grouped": grouped});
    let Data { library_totals, stray_libraries } = call.ask(DOCUMENT, variables).await?;
    let mut rows: Vec<Fields> =
        stray_libraries.iter().filter(|stray| !stray.deleted).map(|s| stray(s, &library_totals)).collect();
    // A library of another server may have been taken for this one's.
    let counts = |line: &Line| {
        let taken = |row: i64| stray_libraries.iter().any(|stray| stray.row_id == row);
        line.library.as_ref().is_some_and(|library| !library.name.is_empty() && !taken(library.row_id))
    };
    let lines: Vec<Line> = library_totals.into_iter().filter(counts).collect();
    let total = lines.len() + stray_libraries.len();
    rows.extend(lines.into_iter().filter_map(reshape));
    rows.sort_by_cached_key(|row| {
        let text = row.get("server_id").and_then(Value::as_str).unwrap_or_default().to_owned();
        (text, row.get("section_id").and_then(Value::as_i64))
    });
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}

/// A library of another server, with what was played under its number.
fn stray(library: &StrayLibrary, lines: &[Line]) -> Fields {
    let section = library.section_id.unwrap_or_default();
    let line = lines
        .iter()
        .find(|line| line.library.as_ref().is_some_and(|known| Some(known.section_id) == library.section_id));
    let mut record = Record::default();
    record.put("row_id", library.row_id);
    record.put("server_id", library.machine_id.clone());
    record.put("section_id", library.section_id);
    record.put("section_name", library.name.clone());
    record.put("section_type", library.word.clone());
    record.put("count", library.counted());
    record.put("parent_count", library.parent_count);
    record.put("child_count", library.child_count);
    record.put("library_thumb", library.pictures.thumb(section));
    record.put(OWN_THUMB, library.pictures.own_thumb(section));
    record.put("library_art", library.pictures.art(section));
    record.put("plays", line.map_or(0, |line| line.plays));
    record.put("duration", line.map_or(0, |line| whole_seconds(line.played)));
    record.put("last_accessed", line.and_then(|line| line.last_played_at).map(|at| at.timestamp()));
    put_last(&mut record, line.and_then(|line| line.last_play.as_ref()));
    record.flag("do_notify", library.do_notify);
    record.flag("do_notify_created", library.do_notify_created);
    record.flag("keep_history", library.keep_history);
    record.flag("is_active", library.is_active);
    record.into_fields()
}

/// What was deleted is counted, and not shown.
fn reshape(line: Line) -> Option<Fields> {
    let Line { last_play, last_played_at, library, played, plays } = line;
    let library = library.filter(|library| !library.deleted)?;
    let section = library.section_id;
    let mut record = Record::default();
    record.put("row_id", library.row_id);
    record.text("server_id", library.machine_id());
    record.put("section_id", section);
    record.put("section_name", library.name);
    record.put("section_type", kind(&library.kind, section));
    record.put("count", library.count);
    record.put("parent_count", library.parent_count);
    record.put("child_count", library.child_count);
    record.put("library_thumb", library.pictures.thumb(section));
    record.put(OWN_THUMB, library.pictures.own_thumb(section));
    record.put("library_art", library.pictures.art(section));
    record.put("plays", plays);
    record.put("duration", whole_seconds(played));
    record.put("last_accessed", last_played_at.map(|at| at.timestamp()));
    put_last(&mut record, last_play.as_ref());
    record.flag("do_notify", library.do_notify);
    record.flag("do_notify_created", library.do_notify_created);
    record.flag("keep_history", library.keep_history);
    record.flag("is_active", library.is_active);
    Some(record.into_fields())
}

fn put_last(record: &mut Record, play: Option<&LastPlay>) {
    let Some(LastPlay { row_id, decision: _, item, player: _ }) = play else {
        put_nothing(record, &BEFORE_LABELS);
        record.put("labels", Vec::<Value>::new());
        put_nothing(record, &BEHIND_LABELS);
        return;
    };
    record.put("history_row_id", *row_id);
    record.put("last_played", item.full_title.clone());
    record.key("rating_key", item.rating_key.clone());
    record.put("media_type", item.media_type());
    record.text("thumb", item.picture());
    item.put_place(record);
    record.text("content_rating", item.content_rating.clone());
    record.put("labels", item.labels.clone());
    item.put_identity(record);
}
