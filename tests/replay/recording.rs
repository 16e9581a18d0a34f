//! The recorded calls: a reference installation's answers over the imported database and the simulated world.
//!
//! Rows that occur in many answers are stored once, in a pool; an object `{"$row": n}` stands for one.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::Read;

const RECORDED: &[u8] = include_bytes!("fixtures/recorded.json.gz");
const WORLD: &[u8] = include_bytes!("fixtures/world.json.gz");

/// One call with its recorded answer.
pub(super) struct Call {
    pub id: String,
    pub command: String,
    pub params: Vec<(String, String)>,
    /// Its phase first.
    pub tags: Vec<String>,
    pub method: String,
    pub path: String,
    /// Whether the right key is shown.
    pub keyed: bool,
    pub answer: Answer,
}

/// What was answered: the body is under `json`, `text`, `page`, `blob` or `ini`.
pub(super) struct Answer {
    pub status: u64,
    pub kind: String,
    pub body: Value,
}

/// All calls in their order, with the moment at which they were made.
pub(super) struct Recording {
    pub now: i64,
    pub zone: String,
    pub calls: Vec<Call>,
}

impl Call {
    pub fn phase(&self) -> &str {
        &self.tags[0]
    }

    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

/// The world of the media server that was watched.
pub(super) fn world() -> String {
    unpacked(WORLD)
}

pub(super) fn load() -> Recording {
    let mut all: Value = serde_json::from_str(&unpacked(RECORDED)).unwrap();
    let rows = all["rows"].take();
    let Value::Array(calls) = all["calls"].take() else { panic!("no calls") };
    let calls = calls.into_iter().map(|call| read(call, rows.as_array().unwrap())).collect();
    Recording { now: all["now"].as_i64().unwrap(), zone: all["zone"].as_str().unwrap().to_owned(), calls }
}

fn read(mut call: Value, rows: &[Value]) -> Call {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let params = call["params"].take();
    let params = params.as_object().unwrap().iter();
    let mut body = call["response"].take();
    restore(&mut body, rows);
    Call {
        id: text(&call["id"]),
        command: text(&call["cmd"]),
        params: params.map(|(name, value)| (name.clone(), text(value))).collect(),
        tags: call["tags"].as_array().unwrap().iter().map(text).collect(),
        method: call["method"].as_str().unwrap_or("GET").to_owned(),
        path: call["path"].as_str().unwrap_or("/api/v2").to_owned(),
        keyed: call["auth"].as_bool().unwrap_or(true),
        answer: Answer { status: body["status"].as_u64().unwrap(), kind: text(&body["type"]), body },
    }
}

/// Puts the pool's rows back where they stood.
fn restore(value: &mut Value, rows: &[Value]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| restore(item, rows)),
        Value::Object(fields) => match fields.get("$row").and_then(Value::as_u64) {
            Some(at) => {
                let mut row = rows[usize::try_from(at).unwrap()].clone();
                restore(&mut row, rows);
                *value = row;
            }
            None => fields.values_mut().for_each(|field| restore(field, rows)),
        },
        _ => {}
    }
}
