//! What the host must offer: proof of keys, execution of documents, and the few facts that no schema holds.

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
    /// Executes an operation and returns its `data`.
    ///
    /// # Errors
    /// The first error of the answer, if it has any.
    async fn execute(&self, document: &'static str, variables: Value) -> Result<Value, BackendError>;

    /// The day of a moment (unix seconds) in the service's time zone, as YYYY-MM-DD.
    fn day_of(&self, unix_seconds: i64) -> String;

    /// A moment (unix seconds) in the service's time zone, as YYYY-MM-DD hh:mm:ss.
    fn time_of(&self, unix_seconds: i64) -> String;
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
        ["NOT_FOUND", "INVALID", "CONFLICT", "FORBIDDEN", "LIMITED"].contains(&self.code.as_str())
    }
}
