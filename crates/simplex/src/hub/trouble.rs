//! Owns the ways a websocket can misbehave.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::frame::frame;
use super::{Hub, Out};

/// Something wrong, or merely unusual, with the websocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// A close handshake with every listener; the value is the code.
    Close,
    /// The connections end without a close frame.
    Abort,
    /// From now on messages go out twice, with the likelihood of the value.
    Duplicate,
    /// From now on as many messages as the value are held back and shuffled.
    Reorder,
    /// From now on nothing is sent.
    Silent,
    /// All as it should be again.
    Normal,
    /// Half a frame, then the end.
    Truncate,
    /// Half a frame, and the connection stays.
    Stall,
    /// One message in three frames, which is legal.
    Fragment,
    /// Half a JSON text.
    Garbage,
    /// A message in a binary frame.
    Binary,
    /// Bytes that are no text in a text frame.
    BadUtf8,
    /// Without the NotificationContainer.
    Bare,
    /// `_children` in place of the named array.
    Legacy,
    /// An empty text.
    Empty,
    /// A message without its array.
    NoEntries,
    /// A ping.
    Ping,
}

/// The first list in a notification.
fn entries(inner: &Value) -> Value {
    let lists = inner.as_object().and_then(|inner| inner.values().find(|value| value.is_array()));
    lists.cloned().unwrap_or_else(|| json!([]))
}

impl Hub {
    /// Makes trouble with a message of this kind and these entries; answers how many listeners it met.
    pub(crate) fn trouble(&self, trouble: Trouble, value: f64, kind: &str, sample: Vec<Value>) -> usize {
        match trouble {
            Trouble::Close => {
                let code = if value > 1.0 {
                    u16::try_from(crate::clock::whole(value)).unwrap_or(1000)
                } else {
                    1000
                };
                self.state().each(|| Out::Close(code))
            }
            Trouble::Abort => self.abort(),
            Trouble::Duplicate | Trouble::Reorder | Trouble::Silent | Trouble::Normal => {
                self.mood(trouble, value)
            }
            other => {
                let message = super::notification(kind, "PlaySessionStateNotification", sample);
                self.misbehave(other, &message)
            }
        }
    }

    /// Cuts every listener's connection.
    pub(crate) fn abort(&self) -> usize {
        let state = self.state();
        for line in state.clients.values().filter_map(|client| client.line.as_ref()) {
            line.cut();
        }
        state.clients.len()
    }

    fn mood(&self, trouble: Trouble, value: f64) -> usize {
        let mut state = self.state();
        state.duplicate = if trouble == Trouble::Duplicate { value } else { 0.0 };
        let held = usize::try_from(crate::clock::whole(value)).unwrap_or(0);
        state.reorder = if trouble == Trouble::Reorder { held } else { 0 };
        state.silent = trouble == Trouble::Silent;
        state.clients.len()
    }

    fn misbehave(&self, trouble: Trouble, message: &Value) -> usize {
        let text = message.to_string().into_bytes();
        let inner = message.get("NotificationContainer").cloned().unwrap_or_default();
        let kind = inner.get("type").cloned().unwrap_or_default();
        let say = |text: String| {
            let mut state = self.state();
            state.offer(|| Out::Text(text.clone()));
            state.clients.len()
        };
        let write = |bytes: Vec<u8>, cut: bool| {
            let bytes = axum::body::Bytes::from(bytes);
            self.state().each(|| Out::Raw(bytes.clone(), cut))
        };
        let half = || frame(&text, 1, true).into_iter().take(4 + text.len() / 2).collect();
        match trouble {
            Trouble::Truncate => write(half(), true),
            Trouble::Stall => write(half(), false),
            Trouble::Fragment => write(fragments(&text), false),
            Trouble::Garbage => {
                say(r#"{"NotificationContainer":{"type":"playing","size":1,"PlaySess"#.to_owned())
            }
            Trouble::Binary => {
                let bytes = axum::body::Bytes::from(text);
                let mut state = self.state();
                state.offer(|| Out::Binary(bytes.clone()));
                state.clients.len()
            }
            Trouble::BadUtf8 => {
                write(frame(b"{\"NotificationContainer\":{\"type\":\"\xff\xfe\"}}", 1, true), false)
            }
            Trouble::Bare => say(inner.to_string()),
            Trouble::Legacy => say(json!({ "type": kind, "_children": entries(&inner) }).to_string()),
            Trouble::Empty => say(String::new()),
            Trouble::NoEntries => {
                say(json!({ "NotificationContainer": { "type": kind, "size": 0 } }).to_string())
            }
            Trouble::Ping => write(frame(b"hi", 9, true), false),
            _ => 0,
        }
    }
}

/// One message in three frames.
fn fragments(text: &[u8]) -> Vec<u8> {
    let size = (text.len() / 3).max(1);
    let mut pieces = text.chunks(size);
    let (first, second) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let rest = pieces.collect::<Vec<_>>().concat();
    [frame(first, 1, false), frame(second, 0, false), frame(&rest, 0, true)].concat()
}
