//! The messages of `graphql-transport-ws`, and the codes that its connections end with.

use serde_json::{Map, Value, json};

/// Why a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    GoingAway,
    TooBig,
    TryLater,
    BadMessage,
    Unauthorized,
    Forbidden,
    NoProtocol,
    InitTimeout,
    DuplicateId,
    TooManyInits,
}

impl Close {
    pub(super) fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::TooBig => 1009,
            Self::TryLater => 1013,
            Self::BadMessage => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden => 4403,
            Self::NoProtocol => 4406,
            Self::InitTimeout => 4408,
            Self::DuplicateId => 4409,
            Self::TooManyInits => 4429,
        }
    }

    pub(super) fn reason(self, id: &str) -> String {
        match self {
            Self::GoingAway => "The service stops".to_owned(),
            Self::TooBig => "The message is too big".to_owned(),
            Self::TryLater => "Try again later".to_owned(),
            Self::BadMessage => "Invalid message".to_owned(),
            Self::Unauthorized => "Unauthorized".to_owned(),
            Self::Forbidden => "Forbidden".to_owned(),
            Self::NoProtocol => "Subprotocol not acceptable".to_owned(),
            Self::InitTimeout => "Connection initialisation timeout".to_owned(),
            // A close reason has at most 123 bytes.
            Self::DuplicateId => {
                format!("Subscriber for {} already exists", id.chars().take(20).collect::<String>())
            }
            Self::TooManyInits => "Too many initialisation requests".to_owned(),
        }
    }
}

/// What a client may say.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    Init(Value),
    Subscribe { id: String, operation: Map<String, Value> },
    Complete { id: String },
    Ping(Option<Value>),
    Pong,
}

/// Longer ids are nobody's.
const MAX_ID: usize = 100;

/// Reads a message; `None` for what the protocol does not know.
pub(super) fn read(text: &str) -> Option<Incoming> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else { return None };
    let kind = fields.remove("type")?;
    let payload = fields.remove("payload");
    let id = || match fields.get("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= MAX_ID => Some(id.clone()),
        _ => None,
    };
    let open = |payload: Option<Value>| match payload {
        None | Some(Value::Null) => Some(None),
        Some(object @ Value::Object(_)) => Some(Some(object)),
        Some(_) => None,
    };
    match kind.as_str()? {
        "connection_init" => Some(Incoming::Init(open(payload)?.unwrap_or(Value::Null))),
        "ping" => Some(Incoming::Ping(open(payload)?)),
        "pong" => open(payload).map(|_| Incoming::Pong),
        "complete" => Some(Incoming::Complete { id: id()? }),
        "subscribe" => match payload {
            Some(Value::Object(operation)) => Some(Incoming::Subscribe { id: id()?, operation }),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// `answer` is JSON already: it is worked out once and told to many.
pub(super) fn next(id: &str, answer: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{answer}}}"#, json!(id))
}

pub(super) fn error(id: &str, errors: &Value) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_protocol_is_understood() {
        assert_eq!(read(r#"{"type":"connection_init"}"#), Some(Incoming::Init(Value::Null)));
        assert_eq!(read(r#"{"type":"complete","id":"a"}"#), Some(Incoming::Complete { id: "a".to_owned() }));
        for bad in [
            "",
            "1",
            "{}",
            r#"{"type":"fly"}"#,
            r#"{"type":"subscribe","id":"a"}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"ping","payload":1}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = read(&text);
        }

        #[test]
        fn reasons_fit_into_a_close_frame(id in ".{0,200}") {
            prop_assert!(Close::DuplicateId.reason(&id).len() <= 123);
        }
    }
}
