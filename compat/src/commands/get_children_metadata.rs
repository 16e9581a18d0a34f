//! `get_children_metadata`: what an item consists of.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::graph::lower;
use crate::item::Item;
use crate::item_row;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = document!("get_children_metadata", "fragments/item_fields");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    library_item: Option<Parent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parent {
    facts: Item,
    children: Vec<Child>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Child {
    facts: Item,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let nothing = || Answer::data(json!({"children_count": 0, "children_list": []}));
    let Some(key) = call.params.filled("rating_key") else { return Ok(nothing()) };
    let Data { library_item } = call.ask(DOCUMENT, json!({"key": key})).await?;
    let found = library_item.filter(|parent| !parent.children.is_empty());
    let as_artist = call.params.get("media_type") == Some("artist");
    Ok(found.map_or_else(nothing, |parent| Answer::data(reshape(parent, as_artist))))
}

fn reshape(parent: Parent, as_artist: bool) -> Value {
    let Parent { facts: parent, children } = parent;
    let kind = children.first().map(|child| lower(&child.facts.kind)).unwrap_or_default();
    let (section, library) = (parent.section_id, parent.library_name.clone().unwrap_or_default());
    let section = section.map(|section| section.to_string()).unwrap_or_default();
    let of_playlist = parent.kind == "PLAYLIST";
    let mut rows: Vec<Value> = Vec::new();
    // Plex offers a way past the seasons, where there are several.
    if parent.kind == "SHOW" && children.len() > 1 {
        let thumb = parent.thumb.clone().unwrap_or_default();
        rows.push(Value::Object(item_row::titled("All episodes", &section, &library, &thumb)));
    }
    rows.extend(children.into_iter().map(|Child { facts }| {
        let mut row = item_row::of(facts, false);
        if of_playlist {
            row.insert("section_id".to_owned(), "".into());
            row.insert("library_name".to_owned(), "".into());
        }
        Value::Object(row)
    }));
    let title = match parent.kind.as_str() {
        // The title of the list that albums were taken from.
        "ARTIST" if as_artist => "All Artists".to_owned(),
        "COLLECTION" | "PLAYLIST" => String::new(),
        _ => parent.title.unwrap_or_default(),
    };
    json!({"children_count": rows.len(), "children_type": kind, "title": title, "children_list": rows})
}
