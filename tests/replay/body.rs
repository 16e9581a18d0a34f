//! Bodies in a form that can be compared: JSON, a script's call, a tree of XML, keys of an ini file, a page, bytes, text.

use super::recording::{Answer, Call};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Downloads that are compared by their kind alone.
const DOWNLOADS: [&str; 5] =
    ["download_log", "download_database", "download_config", "download_plex_log", "download_export"];

/// A form and what is in it.
pub(super) struct Body {
    pub form: &'static str,
    pub content: Value,
}

/// What was recorded.
pub(super) fn recorded(answer: &Answer) -> Body {
    let body = &answer.body;
    for form in ["json", "blob", "ini"] {
        if let Some(content) = body.get(form) {
            return Body { form, content: content.clone() };
        }
    }
    if body.get("page").is_some() {
        return Body { form: "page", content: Value::Null };
    }
    of_text(body["text"].as_str().unwrap_or_default())
}

/// What came now, in the form that the recorder would have given it.
pub(super) fn received(call: &Call, kind: &str, bytes: &[u8]) -> Body {
    let bare = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    if bare.starts_with("image/") || ["application/zip", "application/octet-stream"].contains(&bare.as_str())
    {
        return blob(bytes, bare.starts_with("image/"));
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    if DOWNLOADS.contains(&call.command.as_str()) && !text.trim_start().starts_with("{\"re") {
        return match call.command.as_str() {
            "download_config" if text.starts_with('[') => Body { form: "ini", content: ini(&text) },
            "download_export" if bytes.len() < 200_000 => of_text(&text),
            _ if bytes.len() > 120 => blob(bytes, false),
            _ => of_text(&text),
        };
    }
    if bare == "text/html" && text.trim_start().starts_with('<') {
        return Body { form: "page", content: Value::Null };
    }
    match serde_json::from_str(&text) {
        Ok(content) => Body { form: "json", content },
        Err(_) => of_text(&text),
    }
}

fn blob(bytes: &[u8], is_picture: bool) -> Body {
    let digest = || Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let hash = is_picture.then(digest);
    Body { form: "blob", content: json!({"size": bytes.len(), "sha256": hash}) }
}

fn of_text(text: &str) -> Body {
    if text.starts_with("<?xml")
        && let Some(content) = tree(text)
    {
        return Body { form: "xml", content };
    }
    if let Some((callback, rest)) = text.split_once('(')
        && let Some(inner) = rest.trim_end().strip_suffix(");")
        && let Ok(inner) = serde_json::from_str::<Value>(inner)
    {
        return Body { form: "jsonp", content: json!({"callback": callback, "body": inner}) };
    }
    Body { form: "text", content: text.into() }
}

/// Sections of an ini file with their keys.
fn ini(text: &str) -> Value {
    let mut sections: Map<String, Value> = Map::new();
    let mut section = String::new();
    for line in text.lines() {
        if let Some(name) = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((key, _)) = line.split_once(" = ") {
            let keys = sections.entry(section.clone()).or_insert_with(|| json!([]));
            keys.as_array_mut().unwrap().push(key.into());
        }
    }
    Value::Object(sections)
}

/// Elements as `{"text", "children": [{"tag", "of"}]}`; `None` if it is not well-formed.
fn tree(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, String, Vec<Value>)> = vec![(String::new(), String::new(), Vec::new())];
    let element = |text: &str, children: Vec<Value>| json!({"text": text.trim(), "children": children});
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                open.push((name, String::new(), Vec::new()));
            }
            Event::End(_) => {
                let (name, text, children) = open.pop()?;
                open.last_mut()?.2.push(json!({"tag": name, "of": element(&text, children)}));
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                open.last_mut()?.2.push(json!({"tag": name, "of": element("", Vec::new())}));
            }
            Event::Text(part) => open.last_mut()?.1.push_str(&part),
            Event::GeneralRef(name) => open.last_mut()?.1.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => "?",
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    let (_, _, roots) = open.pop()?;
    roots.first().map(|root| root["of"].clone())
}
