//! `search`: items whose titles a text finds, by kind.

use super::Call;
use super::get_metadata::{self, Whole};
use crate::answer::{Answer, Outcome};
use crate::graph::lower;
use crate::params::whole;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub(crate) const DOCUMENT: &str = document!("search", "fragments/whole_fields", "fragments/item_fields");
const MOST: i64 = 250;
/// Every kind has its list, whether something was found or not.
const KINDS: [&str; 8] = ["movie", "show", "season", "episode", "artist", "album", "track", "collection"];

#[derive(Deserialize)]
struct Data {
    search: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kind: String,
    items: Vec<Whole>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let text = call.params.get("query").unwrap_or_default();
    let first = call.params.filled("limit").and_then(whole).map(|limit| limit.clamp(0, MOST));
    let Data { search } = call.ask(DOCUMENT, json!({"text": text, "first": first})).await?;
    let mut lists: Map<String, Value> = KINDS.iter().map(|kind| ((*kind).to_owned(), json!([]))).collect();
    let mut count = 0;
    for Group { kind, items } in search {
        count += items.len();
        let rows: Vec<Value> = items.into_iter().map(get_metadata::reshape).collect();
        lists.insert(lower(&kind), rows.into());
    }
    Ok(Answer::data(json!({"results_count": count, "results_list": lists})))
}
