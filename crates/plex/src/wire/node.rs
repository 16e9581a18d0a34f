//! The tree itself, and its readers: every scalar may come as text, number or boolean.

use super::scalar;
use super::{MAX_ATTRS, MAX_TEXT};

/// An element: a name, attributes in their order, children.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Node {
    name: String,
    attrs: Vec<(String, String)>,
    children: Vec<Node>,
}

/// Names under which items come: XML names them by kind, JSON puts them all in one array.
const ITEMS: [&str; 6] = ["Video", "Track", "Photo", "Directory", "Metadata", "Playlist"];

impl Node {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn rename(&mut self, name: String) {
        self.name = name;
    }

    /// Adds an attribute; the first of a name stands, and long values are cut.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        if self.attrs.len() < MAX_ATTRS && self.get(key).is_none() {
            self.attrs.push((cut(key).to_owned(), cut(value).to_owned()));
        }
    }

    pub(super) fn push(&mut self, child: Self) {
        self.children.push(child);
    }

    pub(super) fn pop(&mut self) -> Option<Self> {
        self.children.pop()
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.attrs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The value, empty where it is absent.
    pub fn text(&self, key: &str) -> String {
        self.get(key).unwrap_or_default().to_owned()
    }

    pub fn int(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(scalar::int)
    }

    pub fn float(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(scalar::float)
    }

    /// Absent is false.
    pub fn flag(&self, key: &str) -> bool {
        self.maybe_flag(key).unwrap_or(false)
    }

    pub fn maybe_flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(scalar::flag)
    }

    pub fn has_attrs(&self) -> bool {
        !self.attrs.is_empty()
    }

    pub fn children(&self) -> &[Self] {
        &self.children
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Self> + use<'a, 'n> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The children that are items.
    pub fn items(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(|child| ITEMS.contains(&child.name.as_str()))
    }

    /// One attribute of every child of a name, empty ones left out: `Genre@tag`, `Guid@id`.
    pub fn list(&self, name: &str, key: &str) -> Vec<String> {
        self.all(name).filter_map(|c| c.get(key)).filter(|v| !v.is_empty()).map(str::to_owned).collect()
    }

    /// The child marked as selected, else the first.
    pub fn selected(&self, name: &str) -> Option<&Self> {
        let named = self.children.iter().filter(|child| child.name == name);
        named.clone().find(|child| child.flag("selected")).or_else(|| named.clone().next())
    }
}

fn cut(text: &str) -> &str {
    let end = (0..=MAX_TEXT.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
