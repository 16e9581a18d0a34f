//! What a command answers with, before it is put into an envelope.

use crate::backend::BackendError;
use crate::http::Download;
use serde_json::{Map, Value, json};

/// The outcome of a command.
pub(crate) type Outcome = Result<Answer, Failure>;

/// A success.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// For the envelope.
    Data { message: Option<String>, data: Value },
    /// Bytes that go out as they are.
    Bytes { content_type: &'static str, bytes: Vec<u8> },
    /// A file of the host.
    File(Download),
}

impl Answer {
    pub(crate) fn data(data: impl Into<Value>) -> Self {
        Self::Data { message: None, data: data.into() }
    }

    /// Nothing found is a success with an empty object, whatever the command lists otherwise.
    pub(crate) fn nothing() -> Self {
        Self::data(Map::new())
    }

    pub(crate) fn said(message: &str) -> Self {
        Self::Data { message: Some(message.to_owned()), data: Map::new().into() }
    }
}

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Status 400 with this message.
    Refused(Option<String>),
    /// The key may not ask this: status 400 with this message, whatever else the command does about refusals.
    Forbidden(String),
    /// Status 400 with this message and data.
    RefusedWith(Option<String>, Value),
    /// Status 400 without an envelope.
    Blank(&'static str),
    /// Status 500; what happened is for the log.
    Fault(String),
}

impl Failure {
    /// An error that is told in the data too.
    pub(crate) fn told(message: impl Into<String>) -> Self {
        let message = message.into();
        let data = json!({"error": message});
        Self::RefusedWith(Some(message), data)
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(Some(message.into()))
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        if error.code == "FORBIDDEN" {
            Self::Forbidden(error.message)
        } else if error.is_callers() {
            Self::refused(error.message)
        } else {
            Self::Fault(format!("{}: {}", error.code, error.message))
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(format!("an answer of the schema cannot be read: {error}"))
    }
}
