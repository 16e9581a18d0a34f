//! Holds an answer against the recorded one: the same, the same keys and types, or different.

use super::body::{self, Body};
use super::ignored;
use super::recording::Call;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Equal,
    /// Equal keys and types.
    Shape,
    Different,
    /// The command is not there.
    Missing,
}

/// What came back.
pub(super) struct Reply {
    pub status: u64,
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// More differences than this say no more.
const MOST_NOTES: usize = 40;

pub(super) fn judge(call: &Call, reply: &Reply) -> (Verdict, Vec<String>) {
    let (wanted, found) = (body::recorded(&call.answer), body::received(call, &reply.kind, &reply.bytes));
    let is_unknown = |body: &Body| body.content.to_string().contains("Unknown command: ");
    if is_unknown(&found) && !is_unknown(&wanted) {
        return (Verdict::Missing, Vec::new());
    }
    if call.answer.status != reply.status {
        let said = message(&found).unwrap_or_default();
        return different(format!("status {} against {} {said}", call.answer.status, reply.status));
    }
    let bare = |kind: &str| kind.split(';').next().unwrap_or_default().to_owned();
    if wanted.form != found.form || bare(&call.answer.kind) != bare(&reply.kind) {
        let (a, b) = (&call.answer.kind, &reply.kind);
        return different(format!("{} {a} against {} {b}", wanted.form, found.form));
    }
    compare(call, wanted, found)
}

fn different(note: String) -> (Verdict, Vec<String>) {
    (Verdict::Different, vec![note])
}

fn message(body: &Body) -> Option<&str> {
    body.content.pointer("/response/message")?.as_str()
}

fn compare(call: &Call, wanted: Body, found: Body) -> (Verdict, Vec<String>) {
    match wanted.form {
        "page" => return (Verdict::Equal, Vec::new()),
        "blob" => {
            let same = wanted.content["sha256"].is_null() || wanted.content == found.content;
            let free = call.param("refresh").is_some();
            let verdict = if same || free { Verdict::Equal } else { Verdict::Shape };
            return (verdict, vec!["another blob".to_owned()]);
        }
        _ => {}
    }
    let (mut a, mut b) = (wanted.content, found.content);
    if ignored::VOLATILE_MESSAGES.contains(&call.command.as_str()) {
        for side in [&mut a, &mut b] {
            if let Some(response) = side.get_mut("response").and_then(Value::as_object_mut) {
                response.remove("message");
            }
        }
    }
    let mut comparer =
        Comparer { call, volatile: ignored::volatile(&call.command, call.phase()), notes: Vec::new() };
    comparer.values(&a, &b, "");
    if comparer.notes.is_empty() {
        return (Verdict::Equal, Vec::new());
    }
    let shapes = match wanted.form {
        "xml" if tags(&a) == tags(&b) => Vec::new(),
        "xml" => vec![format!("elements {:?} against {:?}", tags(&a), tags(&b))],
        _ => shapes(&a, &b),
    };
    if shapes.is_empty() { (Verdict::Shape, comparer.notes) } else { (Verdict::Different, shapes) }
}

fn tags(tree: &Value) -> BTreeSet<String> {
    let children = tree["children"].as_array().into_iter().flatten();
    children.filter_map(|child| child["tag"].as_str()).map(str::to_owned).collect()
}

struct Comparer<'a> {
    call: &'a Call,
    volatile: Vec<&'static str>,
    notes: Vec<String>,
}

impl Comparer<'_> {
    fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(note);
        }
    }

    fn values(&mut self, a: &Value, b: &Value, path: &str) {
        match (a, b) {
            (Value::Object(mine), Value::Object(other)) => self.objects(mine, other, path),
            (Value::Array(mine), Value::Array(other)) => self.lists(mine, other, path),
            (Value::String(wanted), Value::String(_)) if ignored::PLACEHOLDERS.contains(&wanted.as_str()) => {
            }
            _ if !same(a, b) => self.note(format!("{path}: {} against {}", short(a), short(b))),
            _ => {}
        }
    }

    fn objects(
        &mut self,
        a: &serde_json::Map<String, Value>,
        b: &serde_json::Map<String, Value>,
        path: &str,
    ) {
        // An element of XML.
        let tag = a.get("tag").and_then(Value::as_str).filter(|_| a.contains_key("of"));
        if tag.is_some_and(|tag| self.volatile.contains(&tag) && b.get("tag") == a.get("tag")) {
            return;
        }
        for (key, wanted) in a {
            let here = format!("{path}.{key}");
            let Some(found) = b.get(key) else {
                self.note(format!("{here}: only in the recording"));
                continue;
            };
            let plain = !wanted.is_object() && !wanted.is_array();
            if self.volatile.contains(&key.as_str()) || (plain && self.volatile.contains(&"*")) {
                if !wanted.is_null() && !found.is_null() && kind(wanted) != kind(found) {
                    self.note(format!("{here}: {} against {}", kind(wanted), kind(found)));
                }
            } else {
                self.values(wanted, found, &here);
            }
        }
        for key in b.keys().filter(|key| !a.contains_key(*key)) {
            self.note(format!("{path}.{key}: only in the answer"));
        }
    }

    fn lists(&mut self, a: &[Value], b: &[Value], path: &str) {
        if path == ".response.data.data"
            && let Some(column) = self.column(a, b)
        {
            self.sorted_rows(a, b, &column, path);
            return;
        }
        if a.len() != b.len() {
            self.note(format!("{path}: {} elements against {}", a.len(), b.len()));
            return;
        }
        let below = path.strip_prefix(".response.data").unwrap_or(path).trim_start_matches('.');
        let (mut a, mut b): (Vec<_>, Vec<_>) = (a.iter().collect(), b.iter().collect());
        if ignored::has_no_order(&self.call.command, below) {
            b.sort_by_key(|value| sorted_text(value));
            a.sort_by_key(|value| sorted_text(value));
        }
        for (at, (wanted, found)) in a.into_iter().zip(b).enumerate() {
            self.values(wanted, found, &format!("{path}[{at}]"));
        }
    }

    /// The column that a table is sorted by, where both have it.
    fn column(&self, a: &[Value], b: &[Value]) -> Option<String> {
        let usual = ignored::sorted_by(&self.call.command)?;
        let (first, other) = (a.first()?, b.first()?);
        let asked = self.call.param("order_column").unwrap_or_default();
        let asked = asked.split(',').next().unwrap_or_default().trim();
        let column = if first.get(asked).is_some() { asked } else { usual };
        let both = first.get(column).is_some() && other.get(column).is_some();
        (both && a.len() == b.len()).then(|| column.to_owned())
    }

    /// The sequence of sort values must be the same; rows whose value occurs once, too.
    fn sorted_rows(&mut self, a: &[Value], b: &[Value], column: &str, path: &str) {
        let fold = |row: &Value| match row.get(column) {
            Some(Value::String(text)) => Value::String(text.to_lowercase()),
            value => value.cloned().unwrap_or_default(),
        };
        let (mine, other): (Vec<_>, Vec<_>) = (a.iter().map(fold).collect(), b.iter().map(fold).collect());
        if let Some(at) = (0..mine.len()).find(|at| mine[*at] != other[*at])
            && !self.volatile.contains(&column)
        {
            let (a, b) = (short(&mine[at]), short(&other[at]));
            self.note(format!("{path}: sorted by {column}, values part at row {at}: {a} against {b}"));
            return;
        }
        let mut often: BTreeMap<String, usize> = BTreeMap::new();
        for value in &mine {
            *often.entry(value.to_string()).or_default() += 1;
        }
        for (at, (wanted, found)) in a.iter().zip(b).enumerate() {
            let alone = often[&mine[at].to_string()] == 1;
            let edge = (at == 0 || at + 1 == a.len()) && !ignored::FINE.contains(&column);
            if alone && !edge {
                self.values(wanted, found, &format!("{path}[{at}]"));
            } else if wanted != found {
                let (wanted, found) = (Value::Array(vec![wanted.clone()]), Value::Array(vec![found.clone()]));
                for note in shapes(&wanted, &found) {
                    self.note(format!("{path}[{at}]{note}"));
                }
            }
        }
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= (a.abs().max(b.abs()) * 1e-6).max(1e-9),
        _ => a == b,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() < 90 { text } else { text.chars().take(87).chain("...".chars()).collect() }
}

/// Text with the keys of objects in order.
fn sorted_text(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(|item| sorted_text(item) + ",").collect(),
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            sorted.into_iter().map(|(key, value)| format!("{key}:{},", sorted_text(value))).collect()
        }
        plain => plain.to_string(),
    }
}

/// Types by path, with the places of lists folded into one; `?` is an empty list's element.
fn shape(value: &Value, path: String, out: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    out.entry(path.clone()).or_default().insert(kind(value));
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| shape(value, format!("{path}.{key}"), out))
        }
        Value::Array(items) if items.is_empty() => {
            out.entry(format!("{path}[]")).or_default().insert("?");
        }
        Value::Array(items) => items.iter().for_each(|item| shape(item, format!("{path}[]"), out)),
        _ => {}
    }
}

/// Where keys or types part.
fn shapes(a: &Value, b: &Value) -> Vec<String> {
    let (mut mine, mut other) = (BTreeMap::new(), BTreeMap::new());
    shape(a, String::new(), &mut mine);
    shape(b, String::new(), &mut other);
    let empty = |shapes: &BTreeMap<String, BTreeSet<&'static str>>| {
        let lists = shapes.iter().filter(|(_, kinds)| kinds.iter().eq(["?"].iter()));
        lists.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    let blind: Vec<String> = [empty(&mine), empty(&other)].concat();
    let all: BTreeSet<&String> = mine.keys().chain(other.keys()).collect();
    let seen = all.into_iter().filter(|path| !blind.iter().any(|blind| path.starts_with(blind.as_str())));
    seen.filter_map(|path| parted(path, &mine, &other)).collect()
}

fn parted(
    path: &str,
    mine: &BTreeMap<String, BTreeSet<&'static str>>,
    other: &BTreeMap<String, BTreeSet<&'static str>>,
) -> Option<String> {
    let upper = path.rsplit_once('.').map_or("", |(upper, _)| upper);
    let has = |shapes: &BTreeMap<String, BTreeSet<&'static str>>, kind| {
        shapes.get(upper).is_some_and(|kinds| kinds.contains(kind))
    };
    let told = |kinds: &BTreeSet<&'static str>| kinds.iter().copied().collect::<Vec<_>>().join("/");
    let (a, b) = match (mine.get(path), other.get(path)) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) if !has(other, "null") && !has(other, "?") => {
            return Some(format!("{path}: only in the recording ({})", told(a)));
        }
        (None, Some(b)) if !has(mine, "null") && !has(mine, "?") => {
            return Some(format!("{path}: only in the answer ({})", told(b)));
        }
        _ => return None,
    };
    let known = |kinds: &BTreeSet<&'static str>| {
        kinds.iter().filter(|kind| !["?", "null"].contains(kind)).copied().collect::<BTreeSet<_>>()
    };
    let (ka, kb) = (known(a), known(b));
    let nothing = |kinds: &BTreeSet<&'static str>| kinds.iter().eq(["null"].iter());
    let types = ka != kb && !ka.is_empty() && !kb.is_empty();
    let nulls = nothing(a) != nothing(b) && !path.contains("[]");
    (types || nulls).then(|| format!("{path}: {} against {}", told(a), told(b)))
}
