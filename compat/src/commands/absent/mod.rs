//! Commands of features that are not here yet: notifiers, newsletters, exports, mobile devices, hosted pictures, SQL.
//!
//! Reading ones list what an import has brought, or nothing; deleting ones delete that; other writing ones say why they do nothing.

mod configurations;
pub(crate) mod forget;
pub(crate) mod lists;
pub(crate) mod logs;
pub(crate) mod refusals;

use super::Call;
use crate::answer::Failure;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(crate) const ROWS_DOCUMENT: &str = include_str!("../../../documents/waiting_rows.graphql");

/// A row of another installation, by its columns.
pub(crate) type Row = Map<String, Value>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    waiting_rows: Rows,
}

/// A page of rows that wait.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<Row>,
    pub(crate) filtered_count: i64,
    pub(crate) total_count: i64,
}

/// Asks for rows that wait.
pub(crate) async fn rows(call: &Call<'_>, variables: Value) -> Result<Rows, Failure> {
    let Data { waiting_rows } = call.ask(ROWS_DOCUMENT, variables).await?;
    Ok(waiting_rows)
}

/// A column; nothing is null.
pub(crate) fn column(row: &Row, name: &str) -> Value {
    row.get(name).cloned().unwrap_or_default()
}

/// A column of text; nothing is `""`.
pub(crate) fn text(row: &Row, name: &str) -> Value {
    match column(row, name) {
        Value::Null => "".into(),
        told => told,
    }
}

#[cfg(test)]
mod tests;
