//! Owns what a request says: who asks, the query, the page wanted, the format of the answer.

use std::collections::BTreeSet;
use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::PROTOCOL;
use crate::node::Node;

/// Who asks, as the access check found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Caller {
    pub user_id: u64,
    /// Sections the caller may see.
    pub sections: BTreeSet<u64>,
}

pub(crate) type Pairs = Vec<(String, String)>;

/// A request, without its path parameters and body.
#[derive(Debug, Default)]
pub(crate) struct Ask {
    pub caller: Caller,
    pub query: Pairs,
    pub headers: HeaderMap,
    pub path: String,
    pub json: bool,
}

/// The rows of a page and the whole count, if the request asked for a page.
pub(crate) struct Page<T> {
    pub rows: Vec<T>,
    pub total: usize,
    pub start: usize,
    pub asked: bool,
}

fn pairs(uri: &Uri) -> Pairs {
    Query::<Pairs>::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().filter(|value| !value.is_empty())
}

fn find<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The token in the header or the query.
pub(crate) fn token_of(headers: &HeaderMap, uri: &Uri) -> String {
    match header(headers, "x-plex-token") {
        Some(token) => token.to_owned(),
        None => find(&pairs(uri), "X-Plex-Token").unwrap_or_default().to_owned(),
    }
}

/// Whether JSON is wanted.
pub(crate) fn wants_json(headers: &HeaderMap, uri: &Uri) -> bool {
    match header(headers, "accept") {
        Some(accept) => accept.contains("application/json"),
        None => find(&pairs(uri), "X-Plex-Accept").is_some_and(|accept| accept.contains("application/json")),
    }
}

impl<S: Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self {
            caller: parts.extensions.get::<Caller>().cloned().unwrap_or_default(),
            query: pairs(&parts.uri),
            headers: parts.headers.clone(),
            path: parts.uri.path().to_owned(),
            json: wants_json(&parts.headers, &parts.uri),
        })
    }
}

impl Ask {
    /// A query parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// A query parameter that is not empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name) == Some("1")
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.given(name)?.parse().ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    fn bound(&self, name: &str) -> Option<usize> {
        let text = self.given(name).or_else(|| self.header(name))?;
        let number: i64 = text.parse().ok()?;
        Some(usize::try_from(number).unwrap_or(0))
    }

    /// Cuts the wanted page out of all rows; `most` bounds a page nobody gave a size for.
    pub(crate) fn page<T>(&self, rows: Vec<T>, most: Option<usize>) -> Page<T> {
        let (start, size) = (self.bound("X-Plex-Container-Start"), self.bound("X-Plex-Container-Size"));
        let total = rows.len();
        let begin = start.unwrap_or(0);
        let count = size.or(most).unwrap_or(usize::MAX);
        Page {
            rows: rows.into_iter().skip(begin).take(count).collect(),
            total,
            start: begin,
            asked: start.is_some() || size.is_some(),
        }
    }

    /// The tree, as XML or JSON.
    pub(crate) fn reply(&self, node: &Node) -> Response {
        self.reply_as(StatusCode::OK, node)
    }

    pub(crate) fn reply_as(&self, status: StatusCode, node: &Node) -> Response {
        let (kind, body) = if self.json {
            ("application/json", node.json())
        } else {
            ("text/xml; charset=utf-8", node.xml())
        };
        let headers = [(header::CONTENT_TYPE, kind), (PROTOCOL, "1.0"), (header::CACHE_CONTROL, "no-cache")];
        (status, headers, body).into_response()
    }
}

impl<T> Page<T> {
    /// A container with the counts of this page, and no rows yet.
    pub(crate) fn container(&self) -> Node {
        Node::new("MediaContainer")
            .with("size", self.rows.len())
            .with("totalSize", self.asked.then_some(self.total))
            .with("offset", self.asked.then_some(self.start))
    }

    /// The headers that go with a page.
    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        if !self.asked {
            return Vec::new();
        }
        vec![
            ("X-Plex-Container-Start", self.start.to_string()),
            ("X-Plex-Container-Total-Size", self.total.to_string()),
        ]
    }
}
