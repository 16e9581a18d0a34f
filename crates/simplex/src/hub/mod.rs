//! Owns the notification websockets: who listens, what was sent, and the ways a broadcast can go wrong.
//!
//! Must not know what the messages mean.

mod frame;
mod socket;
mod trouble;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::dice::Dice;
use crate::http::Line;

pub use trouble::Trouble;

/// How many messages are kept for those who ask what was sent.
const KEPT: usize = 5000;
/// How many messages may wait for one slow listener before it is cut.
const WAITING: usize = 100_000;

/// What goes out to one listener.
#[derive(Debug)]
enum Out {
    Text(String),
    Binary(Bytes),
    /// Bytes past the websocket framing, and whether the line is cut after them.
    Raw(Bytes, bool),
    Close(u16),
}

#[derive(Debug)]
struct Client {
    queue: mpsc::Sender<Out>,
    line: Option<Arc<Line>>,
}

#[derive(Debug)]
struct State {
    clients: BTreeMap<u64, Client>,
    next: u64,
    sent: u64,
    log: VecDeque<Value>,
    /// How likely a message goes out twice.
    duplicate: f64,
    /// How many messages are held back and shuffled together; 0 for none.
    reorder: usize,
    /// Neither messages nor pings.
    silent: bool,
    /// Wall seconds between pings.
    ping: f64,
    held: Vec<String>,
    dice: Dice,
    witness: Option<Witness>,
}

/// Someone who wants to know when a message is written to a listener's connection.
#[derive(Clone)]
struct Witness(Arc<dyn Fn(&str) + Send + Sync>);

impl std::fmt::Debug for Witness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Witness")
    }
}

/// The listeners of one media server.
#[derive(Debug)]
pub(crate) struct Hub(Mutex<State>);

impl Default for Hub {
    fn default() -> Self {
        Self(Mutex::new(State {
            clients: BTreeMap::new(),
            next: 0,
            sent: 0,
            log: VecDeque::new(),
            duplicate: 0.0,
            reorder: 0,
            silent: false,
            ping: 10.0,
            held: Vec::new(),
            dice: Dice::new(0),
            witness: None,
        }))
    }
}

/// `{"NotificationContainer": {"type": ..., "size": n, "<Array>": [...]}}`
fn notification(kind: &str, array: &str, entries: Vec<Value>) -> Value {
    let mut inner = serde_json::Map::new();
    inner.insert("type".to_owned(), kind.into());
    inner.insert("size".to_owned(), entries.len().into());
    inner.insert(array.to_owned(), entries.into());
    json!({ "NotificationContainer": inner })
}

impl State {
    fn offer(&mut self, make: impl Fn() -> Out) {
        self.sent += 1;
        self.clients.retain(|_, client| match client.queue.try_send(make()) {
            Ok(()) => true,
            Err(error) => {
                if let (mpsc::error::TrySendError::Full(_), Some(line)) = (error, &client.line) {
                    line.cut();
                }
                false
            }
        });
    }

    fn text(&mut self, text: String) {
        if self.silent {
            return;
        }
        self.held.push(text);
        if self.held.len() < self.reorder {
            return;
        }
        let mut out = std::mem::take(&mut self.held);
        if self.reorder > 0 {
            self.dice.shuffle(&mut out);
        }
        for text in out {
            self.offer(|| Out::Text(text.clone()));
            if self.dice.chance(self.duplicate) {
                self.offer(|| Out::Text(text.clone()));
            }
        }
    }

    /// Gives every listener one more thing, past the counters.
    fn each(&self, make: impl Fn() -> Out) -> usize {
        self.clients.values().filter(|client| client.queue.try_send(make()).is_ok()).count()
    }
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends entries of a kind to all listeners.
    pub(crate) fn send(&self, kind: &str, array: &str, entries: Vec<Value>) {
        let message = notification(kind, array, entries);
        let mut state = self.state();
        let text = message.to_string();
        state.log.push_back(message);
        if state.log.len() > KEPT {
            state.log.pop_front();
        }
        state.text(text);
    }

    /// Sends a text as it is.
    pub(crate) fn send_text(&self, text: String) {
        self.state().text(text);
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> usize {
        self.state().clients.len()
    }

    /// How many messages went out.
    pub(crate) fn sent(&self) -> u64 {
        self.state().sent
    }

    /// The last messages, newest last, of one type if given.
    pub(crate) fn last(&self, count: usize, kind: Option<&str>) -> Vec<Value> {
        let state = self.state();
        let of_kind = |message: &&Value| {
            let found = message.pointer("/NotificationContainer/type").and_then(Value::as_str);
            kind.is_none_or(|kind| found == Some(kind))
        };
        let mut out: Vec<Value> = state.log.iter().rev().filter(of_kind).take(count).cloned().collect();
        out.reverse();
        out
    }

    /// From now on somebody hears every text just before it is written to a listener's connection.
    pub(crate) fn witness(&self, hears: Arc<dyn Fn(&str) + Send + Sync>) {
        self.state().witness = Some(Witness(hears));
    }

    pub(crate) fn set_ping(&self, seconds: f64) {
        self.state().ping = seconds;
    }
}
