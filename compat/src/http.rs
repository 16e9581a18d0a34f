//! Requests and responses without a framework; the host turns its own into these.

use std::path::PathBuf;

/// A request to the endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Parameters of the address and of a posted form, in the order in which they came, decoded.
    pub params: Vec<(String, String)>,
    /// The header `X-Api-Key`; it counts where the parameter `apikey` is absent.
    pub api_key: Option<String>,
}

/// What is sent back. The host leaves the body out where the method is HEAD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 200, 400 or 500; nothing else is known to legacy clients.
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// A file to be sent instead of the body.
    pub download: Option<Download>,
}

/// A file of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub path: PathBuf,
    /// The name that it is saved under.
    pub name: String,
    /// Made for this one answer, to be removed with it.
    pub temporary: bool,
}

impl Response {
    pub(crate) fn new(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, body, download: None }
    }
}

pub(crate) const JSON: &str = "application/json;charset=UTF-8";
pub(crate) const XML: &str = "application/xml;charset=UTF-8";
pub(crate) const JAVASCRIPT: &str = "application/javascript";
pub(crate) const HTML: &str = "text/html;charset=utf-8";
/// The type of files.
pub(crate) const FILE: &str = "application/x-download";
/// The type of answers that bypass the envelope.
pub(crate) const PLAIN_JSON: &str = "application/json";
