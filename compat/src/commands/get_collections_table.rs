//! `get_collections_table`: the collections of a library.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::item_set::{self, Member};
use crate::params::whole;
use crate::table::{self, Fields, Manner, Table};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_collections_table.graphql");

const TABLE: Table = Table {
    columns: &["titleSort", "collectionMode", "collectionSort", "childCount"],
    usual: "titleSort",
    searched: &["titleSort", "collectionMode", "collectionSort"],
    behind: &[],
    manner: Manner::Items,
};

#[derive(Deserialize)]
struct Data {
    node: Option<Node>,
}

#[derive(Deserialize, Default)]
struct Node {
    #[serde(default)]
    collections: Vec<Member>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(given) = call.params.filled("section_id") else { return Ok(Answer::data(table::nothing())) };
    let library = match whole(given) {
        Some(section) => call.library(section).await?.map(|library| (section, library)),
        None => None,
    };
    let (section, library) = library.ok_or_else(|| Failure::Fault("there is no such library".to_owned()))?;
    let Data { node } = call.ask(DOCUMENT, json!({"id": library.id})).await?;
    let sets = node.unwrap_or_default().collections.into_iter();
    let rows = sets.map(|set| item_set::collection(set, section, &|at| call.client.local_time(at)));
    let rows: Vec<Fields> = rows.collect();
    let total = rows.len();
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}
