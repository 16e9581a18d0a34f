//! Owns the answer tree and its XML form; the JSON form is in `json`.
//!
//! Must not know what the elements mean.

mod json;

use std::fmt::Write as _;

/// An attribute value on its way into a node; `None` leaves the attribute out.
pub trait Attribute {
    /// The text on the wire.
    fn text(self) -> Option<String>;
}

impl Attribute for &str {
    fn text(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Attribute for String {
    fn text(self) -> Option<String> {
        Some(self)
    }
}

impl Attribute for &String {
    fn text(self) -> Option<String> {
        Some(self.clone())
    }
}

impl Attribute for bool {
    fn text(self) -> Option<String> {
        Some(if self { "1" } else { "0" }.to_owned())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Attribute for $kind {
            fn text(self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

impl<T: Attribute> Attribute for Option<T> {
    fn text(self) -> Option<String> {
        self.and_then(Attribute::text)
    }
}

impl Attribute for &Option<String> {
    fn text(self) -> Option<String> {
        self.clone()
    }
}

/// An element: tag, ordered attributes and children.
#[derive(Debug, Clone, Default)]
pub struct Node {
    tag: &'static str,
    attrs: Vec<(String, String)>,
    children: Vec<Node>,
}

impl Node {
    #[must_use]
    pub fn new(tag: &'static str) -> Self {
        Self { tag, ..Self::default() }
    }

    /// Sets an attribute; a known one keeps its place, and `None` changes nothing.
    pub fn set(&mut self, name: &str, value: impl Attribute) {
        let Some(value) = value.text() else { return };
        match self.attrs.iter_mut().find(|(key, _)| key == name) {
            Some(entry) => entry.1 = value,
            None => self.attrs.push((name.to_owned(), value)),
        }
    }

    /// `set`, in a chain.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Attribute) -> Self {
        self.set(name, value);
        self
    }

    /// Sets pairs, in a chain.
    #[must_use]
    pub fn with_all<'a>(mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (name, value) in pairs {
            self.set(name, value);
        }
        self
    }

    /// Adds children, in a chain.
    #[must_use]
    pub fn holding(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    pub fn push(&mut self, child: Self) {
        self.children.push(child);
    }

    pub fn extend(&mut self, children: impl IntoIterator<Item = Self>) {
        self.children.extend(children);
    }

    pub fn remove(&mut self, name: &str) {
        self.attrs.retain(|(key, _)| key != name);
    }

    pub fn retain_children(&mut self, keep: impl Fn(&'static str) -> bool) {
        self.children.retain(|child| keep(child.tag));
    }

    /// The same under another tag.
    #[must_use]
    pub fn renamed(mut self, tag: &'static str) -> Self {
        self.tag = tag;
        self
    }

    /// Puts attributes in alphabetical order.
    pub fn sort(&mut self) {
        self.attrs.sort_by(|a, b| a.0.cmp(&b.0));
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The XML document.
    #[must_use]
    pub fn xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in &self.attrs {
            // writing to a String cannot fail
            let _ = write!(out, " {name}=\"");
            escape(value, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        for child in &self.children {
            child.write(out);
        }
        out.push_str("</");
        out.push_str(self.tag);
        out.push_str(">\n");
    }
}

/// Escapes for an attribute; characters XML cannot carry are dropped.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

/// A float as the server prints it: whole ones without a point, others with seventeen significant digits.
#[must_use]
pub fn float(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let exponent: i32 =
        format!("{value:.16e}").rsplit('e').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let decimals = usize::try_from(16 - exponent).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_come_from_one_tree() {
        let node = Node::new("MediaContainer").with("size", 1).holding([Node::new("Video")
            .with("ratingKey", 7u64)
            .with("title", "a \"b\"\n<c> & \u{1}d")
            .with("year", 1999)]);
        assert!(node.xml().contains("title=\"a &quot;b&quot;&#10;&lt;c&gt; &amp; d\""));
        let json: serde_json::Value = serde_json::from_str(&node.json()).unwrap();
        assert_eq!(json["MediaContainer"]["Metadata"][0]["year"], 1999);
        assert_eq!(json["MediaContainer"]["Metadata"][0]["ratingKey"], "7");
    }

    #[test]
    fn an_attribute_keeps_its_first_place() {
        let node = Node::new("A").with("x", 1).with("y", 2).with("x", 3).with("z", None::<u64>);
        assert_eq!(node.xml().lines().last(), Some("<A x=\"3\" y=\"2\"/>"));
    }

    #[test]
    fn floats_keep_all_digits() {
        assert_eq!(float(6.4), "6.4000000000000004");
        assert_eq!(float(0.0), "0");
        assert_eq!(float(120.0), "120");
        assert_eq!(float(1_780_272_000.25), "1780272000.25");
        assert_eq!(float(0.1), "0.10000000000000001");
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_out_of_an_attribute(text in "\\PC*|[\\x00-\\x7f]*") {
            let xml = Node::new("A").with("x", text.as_str()).xml();
            let inner = xml.lines().last().and_then(|line| line.strip_prefix("<A x=\"")).and_then(|rest| rest.strip_suffix("\"/>"));
            let inner = inner.expect("one line, one attribute");
            proptest::prop_assert!(!inner.contains(['<', '>', '"', '\n', '\r', '\t']));
            let plain: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{7f}'..)).collect();
            let back = inner.replace("&#10;", "\n").replace("&#13;", "\r").replace("&#9;", "\t");
            let back = back.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            proptest::prop_assert_eq!(back, plain);
        }

        #[test]
        fn floats_read_back_as_they_were(value in -1e12f64..1e12) {
            proptest::prop_assert_eq!(float(value).parse::<f64>(), Ok(value));
        }
    }
}
