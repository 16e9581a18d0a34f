//! `sql`: a query of the user's own.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::envelope::FAULT;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/sql.graphql");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    sql: Found,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    rows: Option<Vec<Value>>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let query = call.params.filled("query").ok_or_else(|| Failure::refused("No SQL query provided."))?;
    let Data { sql } = call.ask(DOCUMENT, json!({"query": query})).await?;
    // What the database does not take is told as a success that says otherwise.
    Ok(sql.rows.map_or_else(|| Answer::said(FAULT), Answer::data))
}

#[cfg(test)]
mod tests {
    use crate::testing::Host;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn rows_or_a_word_about_the_logs() {
        let host = |rows: Value| Host::new(vec![("Sql", Ok(json!({"sql": {"rows": rows}})))]);
        let asked = [("cmd", "sql"), ("query", "SELECT 1 AS one")];
        assert_eq!(host(json!([{"one": 1}])).data(&asked).await, json!([{"one": 1}]));
        let (status, told) = host(Value::Null).response(&asked).await;
        assert_eq!(status, 200);
        assert_eq!(told, json!({"result": "success", "message": "Check the logs for errors", "data": {}}));
        let (status, told) = host(Value::Null).response(&[("cmd", "sql"), ("query", "")]).await;
        assert_eq!((status, &told["message"]), (400, &json!("No SQL query provided.")));
    }
}
