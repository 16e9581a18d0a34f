//! One call as data.

use reqwest::Method;

/// Bodies of listings and metadata.
pub(crate) const METADATA_LIMIT: usize = 32 * 1024 * 1024;
/// Bodies of everything that is small by nature.
const SMALL_LIMIT: usize = 1024 * 1024;

/// What to ask: a path below the base address, and how to treat the answer.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub method: Method,
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub accept: &'static str,
    pub limit: usize,
    pub with_token: bool,
    /// Tried again after passing failures; only for what changes nothing.
    pub retried: bool,
}

impl Ask {
    /// A small GET answered in XML.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            query: Vec::new(),
            accept: "application/xml",
            limit: SMALL_LIMIT,
            with_token: true,
            retried: true,
        }
    }

    /// Never tried again.
    pub fn post(path: impl Into<String>) -> Self {
        Self { method: Method::POST, retried: false, ..Self::get(path) }
    }

    /// Never tried again.
    pub fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, retried: false, ..Self::get(path) }
    }

    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub fn accept(mut self, mime: &'static str) -> Self {
        self.accept = mime;
        self
    }

    pub fn json(self) -> Self {
        self.accept("application/json")
    }

    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    pub fn without_token(mut self) -> Self {
        self.with_token = false;
        self
    }

    pub fn once(mut self) -> Self {
        self.retried = false;
        self
    }
}
