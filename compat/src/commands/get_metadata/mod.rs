//! `get_metadata`: an item of a library with all its files.

mod file;
mod record;

use super::{Call, SYNCED_ITEMS};
use crate::answer::{Answer, Failure, Outcome};
use crate::item::Item;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str =
    document!("get_metadata", "fragments/whole_fields", "fragments/item_fields");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    library_item: Option<Whole>,
}

/// An item with everything that is known of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Whole {
    facts: Facts,
    files: Vec<file::MediaFile>,
    child_count: Option<i64>,
    leaf_count: Option<i64>,
    extra_type: Option<i64>,
    set: Option<Set>,
}

#[derive(Deserialize)]
struct Facts {
    subtype: Option<String>,
    #[serde(flatten)]
    item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Set {
    smart: bool,
    playlist_type: Option<String>,
    composite: Option<String>,
    min_year: Option<i64>,
    max_year: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Synced {
    synced_items: Vec<OnDevice>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnDevice {
    id: String,
    rating_key: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(key) = key(call).await? else { return Ok(Answer::nothing()) };
    let Data { library_item } = call.ask(DOCUMENT, json!({"key": key})).await?;
    let mut told = library_item.map(reshape);
    // Of something on a device no markers were ever told.
    let on_device = call.params.filled("rating_key").is_none();
    if let Some(markers) = told.as_mut().filter(|_| on_device).and_then(|told| told.get_mut("markers")) {
        *markers = json!([]);
    }
    Ok(told.map_or_else(Answer::nothing, Answer::data))
}

/// The key that is meant, by itself or as something on a device.
async fn key(call: Call<'_>) -> Result<Option<String>, Failure> {
    if let Some(key) = call.params.filled("rating_key") {
        return Ok(Some(key.to_owned()));
    }
    let Some(id) = call.params.filled("sync_id") else { return Ok(None) };
    let Synced { synced_items } = call.ask(SYNCED_ITEMS, json!({})).await?;
    Ok(synced_items.into_iter().find(|item| item.id == id).and_then(|item| item.rating_key))
}

/// The whole record.
pub(crate) fn reshape(whole: Whole) -> Value {
    record::of(whole)
}
