//! Cells of imported plays, in the places that cards have for them. Must not know which cards there are.

use serde_json::{Map, Value};

/// Those of the recorded cells that are named.
pub(super) fn cells(recorded: Option<&Map<String, Value>>, names: &[&str]) -> Map<String, Value> {
    let known = |name: &&str| Some(((*name).to_owned(), recorded?.get(*name)?.clone()));
    names.iter().filter_map(known).collect()
}

/// Those that an item is told by.
pub(super) fn of_item(recorded: Option<&Map<String, Value>>) -> Map<String, Value> {
    const NAMES: [&str; 7] =
        ["year", "media_index", "parent_media_index", "rating_key", "guid", "live", "section_id"];
    let mut told = cells(recorded, &NAMES);
    if let Some(title) = recorded.and_then(|cells| cells.get("full_title")) {
        told.insert("title".to_owned(), title.clone());
    }
    told
}
