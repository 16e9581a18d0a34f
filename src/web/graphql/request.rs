//! A question from a URL or a body. What is no question is refused with a sentence that says why.

use crate::graphql::operation_type;
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Variables};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Why something is no question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub &'static str);

/// Reads the parameters of a GET request.
pub(super) fn from_query(query: &str) -> Result<Request, Refusal> {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match name.as_ref() {
            "query" | "operationName" => Value::String(value.into_owned()),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => {
                serde_json::from_str(&value).map_err(|_| Refusal("variables and extensions must be JSON"))?
            }
            _ => continue,
        };
        fields.insert(name.into_owned(), value);
    }
    from_fields(fields)
}

/// Reads a JSON body. A batch is refused: one question, one answer.
pub(super) fn from_body(body: &[u8]) -> Result<Request, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => from_fields(fields),
        Ok(Value::Array(_)) => Err(Refusal("Batches are not taken; send one operation at a time")),
        Ok(_) => Err(Refusal("The body must be a JSON object with a query")),
        Err(_) => Err(Refusal("The body must be JSON")),
    }
}

/// Reads the fields of an operation, from whatever transport.
pub(super) fn from_fields(mut fields: Map<String, Value>) -> Result<Request, Refusal> {
    let extensions = map(fields.remove("extensions"), "extensions must be an object")?;
    let query = match fields.remove("query") {
        Some(Value::String(query)) => query,
        // A persisted query is known by its digest.
        None | Some(Value::Null) if extensions.contains_key("persistedQuery") => String::new(),
        None | Some(Value::Null) => return Err(Refusal("The query is missing")),
        Some(_) => return Err(Refusal("query must be text")),
    };
    let variables = map(fields.remove("variables"), "variables must be an object")?;
    let operation = match fields.remove("operationName") {
        Some(Value::String(name)) => Some(name),
        None | Some(Value::Null) => None,
        Some(_) => return Err(Refusal("operationName must be text")),
    };
    let mut request = Request::new(query).variables(Variables::from_json(Value::Object(variables)));
    if let Some(name) = operation.filter(|name| !name.is_empty()) {
        request = request.operation_name(name);
    }
    let extensions: HashMap<String, async_graphql::Value> = extensions
        .into_iter()
        .filter_map(|(name, value)| Some((name, async_graphql::Value::from_json(value).ok()?)))
        .collect();
    request.extensions = async_graphql::Extensions(extensions);
    Ok(request)
}

fn map(value: Option<Value>, refusal: &'static str) -> Result<Map<String, Value>, Refusal> {
    match value {
        Some(Value::Object(fields)) => Ok(fields),
        None | Some(Value::Null) => Ok(Map::new()),
        Some(_) => Err(Refusal(refusal)),
    }
}

/// Whether the operation that would run is a query; an unreadable document, or one that is known by its digest alone, is left
/// to the executor.
pub(super) fn is_query(request: &mut Request) -> bool {
    operation_type(request).is_none_or(|kind| kind == OperationType::Query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_question_is_refused() {
        for body in [
            "",
            "[]",
            "{}",
            "1",
            r#"{"query":1}"#,
            r#"{"query":"{a}","variables":[]}"#,
            r#"{"query":"{a}","operationName":{}}"#,
        ] {
            assert!(from_body(body.as_bytes()).is_err(), "{body}");
        }
        assert!(
            from_body(br#"{"query":"{a}","variables":null,"operationName":null,"extensions":null}"#).is_ok()
        );
        assert!(from_query("query={a}&variables=%7B%7D").is_ok());
        assert!(from_query("query={a}&variables=1").is_err());
    }

    #[test]
    fn only_queries_are_queries() {
        let is = |text: &str| is_query(&mut Request::new(text));
        assert!(is("{ a }") && is("query A { a }") && is("nonsense {{"));
        assert!(!is("mutation { a }") && !is("subscription { a }"));
        assert!(!is("mutation A { a }") && !is("subscription A { a }"));
        assert!(!is("fragment F on T { a } mutation A { ...F }"));
        let mut named = Request::new("query A { a } mutation B { b }").operation_name("B");
        assert!(!is_query(&mut named));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = from_body(&body);
        }

        #[test]
        fn any_query_string_is_read_or_refused(query in "[ -~]{0,200}") {
            let _ = from_query(&query);
        }
    }
}
