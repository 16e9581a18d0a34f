//! What the host must offer: proof of keys, execution of documents, and the few facts that no schema holds.

use crate::http::Download;
use async_trait::async_trait;
use serde_json::Value;

/// Knows keys.
#[async_trait]
pub trait Backend: Send + Sync {
    /// A client that acts as the key's owner; `None` for a key that is unknown or revoked.
    ///
    /// # Errors
    /// When the keys cannot be read at the moment.
    async fn authenticate(&self, key: &str) -> Result<Option<Box<dyn Client>>, BackendError>;
}

/// Asks the schema as one caller.
#[async_trait]
pub trait Client: Send + Sync {
    /// Executes an operation and returns its `data` as the text of its JSON, which is read straight into what a command wants.
    ///
    /// # Errors
    /// The first error of the answer, if it has any.
    async fn execute(&self, document: &'static str, variables: Value) -> Result<String, BackendError>;

    /// The day of a moment (unix seconds) in the service's time zone, as YYYY-MM-DD.
    fn day_of(&self, unix_seconds: i64) -> String;

    /// A moment (unix seconds) in the service's time zone, as YYYY-MM-DDTHH:MM:SS.
    fn local_time(&self, unix_seconds: i64) -> String;

    /// A picture of the default server that the caller may see; `None` where it cannot be had.
    ///
    /// # Errors
    /// When the caller may not have it.
    async fn picture(&self, wanted: Picture) -> Result<Option<Image>, BackendError>;

    /// A file of the service; `None` where there is none.
    ///
    /// # Errors
    /// When the caller may not have it, or it cannot be made.
    async fn file(&self, wanted: File) -> Result<Option<Download>, BackendError>;
}

/// A picture that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub source: Source,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Per cent, over the background.
    pub opacity: i64,
    /// Six hex digits.
    pub background: String,
    /// Radius; 0 is none.
    pub blur: i32,
    /// A JPEG rather than a PNG.
    pub jpeg: bool,
    /// Asks the media server anew.
    pub fresh: bool,
}

/// Which picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A path of the media server or a web address.
    Path(String),
    /// The poster of an item.
    Poster(String),
    /// The background of an item.
    Art(String),
}

/// A picture's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A file of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    Log,
    /// A log of the media server, where it is within reach.
    ServerLog,
    ScannerLog,
    /// The settings without secrets.
    Config,
    /// A dump of the database.
    Database,
}

/// Why there is no answer: a GraphQL error with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackendError {
    /// `extensions.code`, such as `NOT_FOUND`; `INTERNAL` where there is none.
    pub code: String,
    pub message: String,
}

impl BackendError {
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// Whether the caller can do something about it. Everything else is for the log.
    pub(crate) fn is_callers(&self) -> bool {
        ["NOT_FOUND", "INVALID", "CONFLICT", "FORBIDDEN", "LIMITED", "UPSTREAM"].contains(&self.code.as_str())
    }
}
