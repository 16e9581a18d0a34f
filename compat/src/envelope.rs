//! The envelope around every answer, and its three spellings: JSON, JSONP, XML.

use crate::answer::{Answer, Failure, Outcome};
use crate::graph::Record;
use crate::http::{FILE, JAVASCRIPT, JSON, PLAIN_JSON, Response, XML};
use crate::params::{Params, truthy};
use crate::xml;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};
use std::io;

/// What clients match on when a command has failed for a reason of ours.
pub(crate) const FAULT: &str = "Check the logs for errors";
/// Longer names of functions are nobody's.
const MAX_CALLBACK: usize = 200;

/// How an answer is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style<'a> {
    Json,
    /// Sorted and indented.
    Debug,
    Jsonp(&'a str),
    Xml,
}

impl<'a> Style<'a> {
    /// `None` if the answer could not be written that way: an unknown type or a callback that is no function's name.
    pub(crate) fn read(params: Params<'a>) -> Option<Self> {
        let out_type = params.filled("out_type").unwrap_or("json");
        let callback = params.filled("callback");
        match (out_type, callback) {
            ("xml", _) => Some(Self::Xml),
            ("json", Some(name)) => is_function_name(name).then_some(Self::Jsonp(name)),
            ("json", None) if params.get("debug").is_some_and(truthy) => Some(Self::Debug),
            ("json", None) => Some(Self::Json),
            _ => None,
        }
    }

    /// Puts an outcome into the envelope.
    pub(crate) fn write(self, outcome: Outcome) -> Response {
        match outcome {
            Ok(Answer::Data { message, data }) => self.pack(200, "success", message, data),
            Ok(Answer::Bytes { content_type, bytes }) => Response::new(200, content_type, bytes),
            Ok(Answer::File(download)) => {
                Response { download: Some(download), ..Response::new(200, FILE, Vec::new()) }
            }
            Err(Failure::Refused(message)) => self.pack(400, "error", message, empty()),
            Err(Failure::Forbidden(message)) => self.pack(400, "error", Some(message), empty()),
            Err(Failure::RefusedWith(message, data)) => self.pack(400, "error", message, data),
            Err(Failure::Blank(content_type)) => Response::new(400, content_type, Vec::new()),
            Err(Failure::Fault(_)) if self == Self::Debug => broken(),
            Err(Failure::Fault(_)) => self.pack(500, "error", Some(FAULT.to_owned()), empty()),
        }
    }

    /// Envelope with a status of its own.
    pub(crate) fn pack(self, status: u16, result: &str, message: Option<String>, data: Value) -> Response {
        // `json!` would copy the data.
        let mut inner = Record::default();
        inner.put("result", result);
        inner.put("message", message);
        inner.put("data", data);
        let inner = inner.into_value();
        let whole = || Envelope { response: &inner };
        let (content_type, body) = match self {
            Self::Json => (JSON, json_text(&whole())),
            Self::Debug => (JSON, sorted_text(&inner)),
            Self::Jsonp(name) => {
                let json = script_text(&json_text(&whole()));
                (JAVASCRIPT, format!("{name}({json});"))
            }
            Self::Xml => (XML, xml::document("response", &inner)),
        };
        Response::new(status, content_type, body.into_bytes())
    }
}

fn empty() -> Value {
    Value::Object(Map::new())
}

/// What the reference's web server says when the endpoint itself breaks.
pub(crate) fn broken() -> Response {
    let text =
        "The server encountered an unexpected condition which prevented it from fulfilling the request.";
    let body = json_text(&json!({"status": "500 Internal Server Error", "message": text, "error": true}));
    Response::new(500, PLAIN_JSON, body.into_bytes())
}

/// A name with dots, such as `lab.pong`: nothing that could do more than be called.
fn is_function_name(text: &str) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    let part = |name: &str| {
        name.starts_with(first) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
    };
    text.len() <= MAX_CALLBACK && text.split('.').all(part)
}

#[derive(Serialize)]
struct Envelope<'a> {
    response: &'a Value,
}

/// JSON with the reference's spaces after commas and colons.
fn json_text(value: &impl Serialize) -> String {
    render(value, Spaced)
}

/// Lines end where JavaScript thinks so, too, and JSON does not.
fn script_text(json: &str) -> String {
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn sorted_text(response: &Value) -> String {
    render(&Envelope { response: &sorted(response) }, PrettyFormatter::with_indent(b"    "))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            Value::Object(names.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect())
        }
        plain => plain.clone(),
    }
}

fn render(value: &impl Serialize, formatter: impl Formatter) -> String {
    let mut out = Vec::new();
    // Writing a value into memory does not fail; an empty body would be the sign of it.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, formatter));
    String::from_utf8(out).unwrap_or_default()
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(response: Response) -> String {
        String::from_utf8(response.body).unwrap()
    }

    #[test]
    fn spaces_and_scripts_as_recorded() {
        let answer = || Ok(Answer::data(json!({"connected": true})));
        let json =
            "{\"response\": {\"result\": \"success\", \"message\": null, \"data\": {\"connected\": true}}}";
        assert_eq!(text(Style::Json.write(answer())), json);
        let called = Style::Jsonp("lab.pong").write(answer());
        assert_eq!(called.content_type, "application/javascript");
        assert_eq!(text(called), format!("lab.pong({json});"));
    }

    #[test]
    fn debug_sorts_and_indents() {
        let answer =
            text(Style::Debug.write(Ok(Answer::data(json!({"b": [1, {"d": 1, "c": 2}], "a": 0.25})))));
        let places: Vec<_> = ["\"data\"", "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"message\"", "\"result\""]
            .map(|name| answer.find(name).unwrap())
            .into();
        assert!(places.is_sorted(), "{answer}");
        assert!(answer.starts_with("{\n    \"response\": {\n        \"data\": {"), "{answer}");
    }

    #[test]
    fn a_fault_while_debugging_breaks_the_endpoint() {
        let fault = || Err(Failure::Fault("x".to_owned()));
        assert_eq!(Style::Debug.write(fault()), broken());
        let packed = Style::Json.write(fault());
        assert_eq!(packed.status, 500);
        assert!(text(packed).contains("\"Check the logs for errors\", \"data\": {}"));
    }

    #[test]
    fn names_of_functions() {
        for good in ["lab.pong", "cb", "_", "$", "jQuery1_2", "a.b.c"] {
            assert!(is_function_name(good), "{good}");
        }
        for bad in ["", "alert(1)", "1a", "a..b", ".a", "a.", "a-b", "é", "a b", "a;b", &"a".repeat(201)] {
            assert!(!is_function_name(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_script_is_one_call(name in ".{0,30}", said in any::<String>()) {
            let given = [("callback".to_owned(), name.clone())];
            let Some(style) = Style::read(Params(&given)) else { return Ok(()) };
            let body = text(style.write(Ok(Answer::data(said))));
            if let Style::Jsonp(name) = style {
                prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._$".contains(c)));
                let inner = body.strip_prefix(&format!("{name}(")).and_then(|rest| rest.strip_suffix(");"));
                let broken = body.contains(['\u{2028}', '\u{2029}']);
                prop_assert!(!broken);
                prop_assert!(serde_json::from_str::<Value>(inner.unwrap()).is_ok());
            } else {
                prop_assert!(name.is_empty());
            }
        }
    }
}
