//! `get_recently_added`: what came into the libraries last.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::item::Item;
use crate::item_row;
use crate::params::whole;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = document!("get_recently_added", "fragments/item_fields");
/// The schema gives no more at once.
const MOST: i64 = 500;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    recently_added: Vec<Recent>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recent {
    child_count: Option<i64>,
    facts: Item,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let number = |name: &str| {
        let read = call.params.filled(name).map_or(Some(0), whole);
        read.ok_or_else(|| Failure::Fault(format!("{name} is no number")))
    };
    let (start, count) = (number("start")?.clamp(0, i64::from(i32::MAX)), number("count")?.clamp(0, MOST));
    let section =
        call.params.filled("section_id").map(|text| whole(text).and_then(|n| i32::try_from(n).ok()));
    let nothing = || Answer::data(json!({"recently_added": []}));
    // A library that can have no number is no library.
    if count == 0 || section == Some(None) {
        return Ok(nothing());
    }
    let kind = call.params.filled("media_type").or_else(|| call.params.filled("type"));
    let (kind, personal) = match kind {
        Some("movie") => (Some("MOVIE"), false),
        Some("show") => (Some("SHOW"), false),
        Some("artist") => (Some("ARTIST"), false),
        Some("other_video") => (Some("MOVIE"), true),
        _ => (None, false),
    };
    let section = section.flatten();
    let variables =
        json!({"kind": kind, "personal": personal, "section": section, "offset": start, "first": count});
    let Data { recently_added } = call.ask(DOCUMENT, variables).await?;
    let rows = recently_added.into_iter().map(|recent| reshape(recent, section.is_some()));
    Ok(Answer::data(json!({"recently_added": rows.collect::<Vec<_>>()})))
}

/// Rows of one library do not name it.
fn reshape(recent: Recent, of_section: bool) -> Value {
    let Recent { child_count, facts } = recent;
    let mut row = item_row::of(facts, true);
    if of_section {
        row.insert("section_id".to_owned(), "".into());
        row.insert("library_name".to_owned(), "".into());
    }
    // Lists call albums of photos what Plex calls them.
    if row.get("media_type").and_then(Value::as_str) == Some("photo_album") {
        row.insert("media_type".to_owned(), "photo".into());
    }
    let count = child_count.map(|count| count.to_string()).unwrap_or_default();
    row.insert("child_count".to_owned(), count.into());
    Value::Object(row)
}
