//! Items as rows of lists: fewer facts, in an order of their own.

use crate::graph::{Record, lower};
use crate::item::{self, Item};
use serde_json::{Map, Value};

/// What every row tells, in this order.
const TOLD: [&str; 39] = [
    "media_type",
    "section_id",
    "library_name",
    "rating_key",
    "parent_rating_key",
    "grandparent_rating_key",
    "title",
    "parent_title",
    "grandparent_title",
    "original_title",
    "sort_title",
    "media_index",
    "parent_media_index",
    "studio",
    "content_rating",
    "summary",
    "tagline",
    "rating",
    "rating_image",
    "audience_rating",
    "audience_rating_image",
    "user_rating",
    "duration",
    "year",
    "thumb",
    "parent_thumb",
    "grandparent_thumb",
    "art",
    "banner",
    "originally_available_at",
    "added_at",
    "updated_at",
    "last_viewed_at",
    "guid",
    "directors",
    "writers",
    "actors",
    "genres",
    "labels",
];
const LISTS: [&str; 6] = ["directors", "writers", "actors", "genres", "labels", "collections"];

/// A row; `with_guids` tells the identifiers elsewhere, too.
pub(crate) fn of(item: Item, with_guids: bool) -> Map<String, Value> {
    let title = item.title.clone().unwrap_or_default();
    let mut record = Record::default();
    record.put("media_type", lower(&item.kind));
    item::put(&mut record, item);
    let Value::Object(mut fields) = record.into_value() else { return Map::new() };
    fields.insert("full_title".to_owned(), title.into());
    let last: &[&str] =
        if with_guids { &["collections", "guids", "full_title"] } else { &["collections", "full_title"] };
    let names = TOLD.iter().chain(last);
    names.filter_map(|name| Some(((*name).to_owned(), fields.remove(*name)?))).collect()
}

/// A row that only has a title, a picture and a library.
pub(crate) fn titled(title: &str, section_id: &str, library_name: &str, thumb: &str) -> Map<String, Value> {
    let names = TOLD.iter().chain(&["collections", "full_title"]);
    let value = |name: &str| match name {
        "title" | "full_title" => title.into(),
        "section_id" => section_id.into(),
        "library_name" => library_name.into(),
        "thumb" => thumb.into(),
        list if LISTS.contains(&list) => Value::Array(Vec::new()),
        _ => "".into(),
    };
    names.map(|name| ((*name).to_owned(), value(name))).collect()
}
