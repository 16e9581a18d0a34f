//! `get_old_rating_keys` and `get_new_rating_keys`: the keys of a show or artist and of all its parts, as a tree by number or title.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::params::whole;
use crate::registry::Param;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(crate) const OLD: &str = include_str!("../../documents/get_old_rating_keys.graphql");
pub(crate) const NEW: &str = include_str!("../../documents/get_new_rating_keys.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "rating_key", about: "the item, or anything above or below it" },
    Param { name: "media_type", about: "movie, show, season, episode, artist, album or track" },
];

#[derive(Deserialize)]
struct Data {
    parts: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Part {
    grandparent_rating_key: Option<String>,
    grandparent_title: Option<String>,
    index: Option<i64>,
    library_name: Option<String>,
    parent_index: Option<i64>,
    parent_rating_key: Option<String>,
    parent_title: Option<String>,
    rating_key: Option<String>,
    section_id: Option<i64>,
    title: Option<String>,
}

/// What tells the parts of a tree apart.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Number,
    Title,
}

pub(crate) async fn old(call: Call<'_>) -> Outcome {
    run(call, OLD, false).await
}

pub(crate) async fn new(call: Call<'_>) -> Outcome {
    run(call, NEW, true).await
}

async fn run(call: Call<'_>, document: &'static str, with_library: bool) -> Outcome {
    let key = call.params.get("rating_key").unwrap_or_default();
    let by = match call.params.get("media_type").unwrap_or_default() {
        "movie" => return Ok(Answer::data(json!({"0": {"rating_key": number(key)}}))),
        "show" | "season" | "episode" => By::Number,
        "artist" | "album" | "track" => By::Title,
        _ => return Ok(Answer::nothing()),
    };
    let Some(server) = call.server().await? else { return Ok(Answer::nothing()) };
    let Data { parts } = call.ask(document, json!({"server": server, "key": key})).await?;
    Ok(Answer::data(tree(&parts, by, with_library)))
}

fn number(key: &str) -> Value {
    whole(key).map_or_else(|| key.into(), Value::from)
}

/// An item with what is below it, by number or title.
struct Branch {
    rating_key: Value,
    children: BTreeMap<String, Self>,
}

impl Branch {
    fn new(key: &Option<String>) -> Self {
        Self { rating_key: number(key.as_deref().unwrap_or_default()), children: BTreeMap::new() }
    }

    fn into_value(self) -> Value {
        let Self { rating_key, children } = self;
        if children.is_empty() {
            return json!({"rating_key": rating_key});
        }
        json!({"rating_key": rating_key, "children": told(children)})
    }
}

fn told(branches: BTreeMap<String, Branch>) -> Map<String, Value> {
    branches.into_iter().map(|(name, branch)| (name, branch.into_value())).collect()
}

fn tree(parts: &[Part], by: By, with_library: bool) -> Value {
    let title = |title: &Option<String>| title.clone().unwrap_or_default().to_lowercase();
    let numbered = |number: Option<i64>, name: &Option<String>| {
        number.map_or_else(|| title(name), |number| number.to_string())
    };
    let mut roots: BTreeMap<String, Branch> = BTreeMap::new();
    for part in parts {
        let (root, middle) = match by {
            By::Number => ("0".to_owned(), numbered(part.parent_index, &part.parent_title)),
            By::Title => (title(&part.grandparent_title), title(&part.parent_title)),
        };
        let above = roots.entry(root).or_insert_with(|| Branch::new(&part.grandparent_rating_key));
        let beside = above.children.entry(middle).or_insert_with(|| Branch::new(&part.parent_rating_key));
        // Tracks are told apart by their number, whatever is above them.
        let leaf = numbered(part.index, &part.title);
        beside.children.entry(leaf).or_insert_with(|| Branch::new(&part.rating_key));
    }
    let mut top = told(roots);
    if let Some(first) = parts.first().filter(|_| with_library) {
        top.insert("section_id".to_owned(), first.section_id.map(|id| id.to_string()).into());
        top.insert("library_name".to_owned(), first.library_name.clone().into());
    }
    Value::Object(top)
}
