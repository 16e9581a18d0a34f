//! JSON values as the reference's XML: tabs, lists as repeated elements, null as an empty element.

use serde_json::{Map, Value};

/// A document with one root element.
pub(crate) fn document(root: &str, value: &Value) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned();
    write(&mut out, root, value, 0);
    out
}

fn write(out: &mut String, name: &str, value: &Value, depth: usize) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| write(out, name, item, depth)),
        Value::Object(fields) => write_element(out, name, depth, |out| write_fields(out, fields, depth)),
        Value::Null => write_element(out, name, depth, |_| ()),
        Value::Bool(flag) => write_element(out, name, depth, |out| out.push_str(&flag.to_string())),
        Value::Number(number) => write_element(out, name, depth, |out| out.push_str(&number.to_string())),
        Value::String(text) => write_element(out, name, depth, |out| write_text(out, text)),
    }
}

fn write_element(out: &mut String, name: &str, depth: usize, content: impl FnOnce(&mut String)) {
    let name = element_name(name);
    break_line(out, depth);
    out.push('<');
    out.push_str(&name);
    out.push('>');
    content(out);
    out.push_str("</");
    out.push_str(&name);
    out.push('>');
}

fn write_fields(out: &mut String, fields: &Map<String, Value>, depth: usize) {
    let before = out.len();
    for (name, value) in fields {
        write(out, name, value, depth + 1);
    }
    if out.len() > before {
        break_line(out, depth);
    }
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n('\t', depth));
}

/// Characters that XML has no spelling for are dropped.
fn write_text(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(char),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => (),
            _ => out.push(char),
        }
    }
}

/// A key as the name of an element; the reference fails at keys that are none, such as numbers.
fn element_name(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name: String = key.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') { name } else { format!("_{name}") }
}

#[cfg(test)]
mod tests;
