//! The record of an item, by what it is.

use super::{Facts, Set, Whole, file};
use crate::graph::{Record, lower};
use crate::item;
use serde_json::{Map, Value};

/// What playlists tell, in this order.
const OF_PLAYLIST: [&str; 18] = [
    "media_type",
    "section_id",
    "library_name",
    "rating_key",
    "guid",
    "title",
    "summary",
    "duration",
    "composite",
    "thumb",
    "added_at",
    "updated_at",
    "last_viewed_at",
    "children_count",
    "smart",
    "playlist_type",
    "live",
    "media_info",
];
/// What extras do not tell.
const NOT_OF_CLIPS: [&str; 2] = ["grandparent_year", "children_count"];

pub(super) fn of(whole: Whole) -> Value {
    let Whole { facts, files, child_count, leaf_count, extra_type, set } = whole;
    let Facts { subtype, item } = facts;
    let kind = item.kind.clone();
    let children = if kind == "COLLECTION" { child_count } else { leaf_count };
    let title = full_title(&item);
    let thumb = item.thumb.clone().unwrap_or_default();
    let mut record = Record::default();
    record.put("media_type", lower(&kind));
    item::put(&mut record, item);
    record.put("full_title", title);
    record.put("children_count", children.unwrap_or(0));
    record.put("media_info", file::media_info(files));
    let fields = match record.into_value() {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    match (kind.as_str(), set) {
        ("TRACK", _) => of_track(fields),
        ("COLLECTION", Some(set)) => of_collection(fields, subtype, child_count, &thumb, set),
        ("PLAYLIST", Some(set)) => of_playlist(fields, set),
        ("CLIP", _) => of_clip(fields, subtype, extra_type),
        _ => Value::Object(fields),
    }
}

/// Seasons, albums and photos stand behind what they are in.
fn full_title(item: &item::Item) -> String {
    let behind = matches!(item.kind.as_str(), "SEASON" | "ALBUM" | "PHOTO");
    match (&item.parent_title, &item.title) {
        (Some(parent), Some(title)) if behind => format!("{parent} - {title}"),
        _ => item.full_title.clone(),
    }
}

fn text(text: Option<String>) -> Value {
    text.unwrap_or_default().into()
}

fn digits(number: Option<i64>) -> Value {
    number.map(|number| number.to_string()).unwrap_or_default().into()
}

/// Collections tell more, in the midst of the rest.
fn of_collection(
    fields: Map<String, Value>,
    subtype: Option<String>,
    children: Option<i64>,
    thumb: &str,
    set: Set,
) -> Value {
    let Set { smart, playlist_type: _, composite: _, min_year, max_year } = set;
    let mut told = Map::new();
    for (name, value) in fields {
        let more = match name.as_str() {
            "section_id" => vec![("sub_media_type", text(subtype.clone()))],
            "thumb" => vec![("min_year", digits(min_year)), ("max_year", digits(max_year))],
            "directors" => vec![("child_count", digits(children))],
            "media_info" => vec![("smart", u8::from(smart).into())],
            _ => Vec::new(),
        };
        told.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        // The size that the picture was offered in is not part of its path.
        let path = || thumb.split('?').next().unwrap_or_default().into();
        let value = if name == "thumb" { path() } else { value };
        told.insert(name, value);
    }
    Value::Object(told)
}

fn of_playlist(mut fields: Map<String, Value>, set: Set) -> Value {
    let Set { smart, playlist_type, composite, min_year: _, max_year: _ } = set;
    fields.insert("smart".to_owned(), u8::from(smart).into());
    fields.insert("playlist_type".to_owned(), text(playlist_type));
    if fields.get("duration").and_then(Value::as_str) == Some("") {
        fields.insert("duration".to_owned(), "0".into());
    }
    let composite = text(composite);
    fields.insert("thumb".to_owned(), composite.clone());
    fields.insert("composite".to_owned(), composite);
    let told = OF_PLAYLIST.iter().filter_map(|name| Some(((*name).to_owned(), fields.remove(*name)?)));
    Value::Object(told.collect())
}

/// A track is as old as its album, unless it says otherwise.
fn of_track(mut fields: Map<String, Value>) -> Value {
    if fields.get("year").and_then(Value::as_str) == Some("") {
        let year = fields.get("parent_year").cloned().unwrap_or_default();
        fields.insert("year".to_owned(), year);
    }
    Value::Object(fields)
}

fn of_clip(fields: Map<String, Value>, subtype: Option<String>, extra_type: Option<i64>) -> Value {
    let mut told = Map::new();
    for (name, value) in fields.into_iter().filter(|(name, _)| !NOT_OF_CLIPS.contains(&name.as_str())) {
        if name == "live" {
            told.insert("extra_type".to_owned(), digits(extra_type));
            told.insert("sub_type".to_owned(), text(subtype.clone()));
        }
        told.insert(name, value);
    }
    Value::Object(told)
}
