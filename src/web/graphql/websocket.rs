//! `graphql-transport-ws`: one connection, many operations. What a slow client does not take holds its operations up.

use super::audience::Said;
use super::message::{self, Close, Incoming};
use super::{MAX_BODY, TIME, Transport, asked_by, csrf, failure, http, request};
use crate::graphql::Caller;
use crate::web::Credentials;
use async_graphql::Executor;
use async_graphql::parser::types::OperationType;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::pin::pin;
use std::time::Duration;
use tautulli_domain::{Error, ErrorKind};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, sleep};
use tokio_util::task::AbortOnDropHandle;

const PROTOCOL: &str = "graphql-transport-ws";
/// How long a client may take to introduce itself.
const INIT_TIME: Duration = Duration::from_secs(10);
const PING_EVERY: Duration = Duration::from_secs(15);
const DEAD_AFTER: Duration = Duration::from_secs(30);
/// Operations at a time on one connection.
const MAX_OPERATIONS: usize = 100;
/// Messages that may wait for the client.
const BACKLOG: usize = 64;
/// Bytes set aside for what a client says; the library's own 128 KiB for each of thousands add up.
const EAR: usize = 4 * 1024;

/// Answers the upgrade.
pub(super) async fn accept<E: Executor>(
    transport: Transport<E>,
    parts: Parts,
    upgrade: WebSocketUpgrade,
) -> Response {
    let credentials = Credentials::read(&parts.headers, parts.uri.query());
    if credentials.key.is_none() && csrf::is_foreign(&parts.headers, transport.gate.behind_proxy) {
        return http::forbidden("Connections from other sites are not taken; send an API key instead");
    }
    let caller = transport.caller(&parts).await;
    let offered =
        parts.headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let speaks = offered.split(',').any(|name| name.trim() == PROTOCOL);
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(EAR)
        .max_message_size(MAX_BODY * 2)
        .max_frame_size(MAX_BODY * 2);
    upgrade.on_upgrade(move |socket| async move {
        let (sink, stream) = socket.split();
        let mut connection =
            Connection { transport, sink, caller: None, operations: HashMap::new(), serial: 0 };
        let close = match caller {
            _ if !speaks => Some((Close::NoProtocol, String::new())),
            Err(error) => Some((unwelcome(&error), String::new())),
            Ok(caller) => connection.run(stream, caller).await,
        };
        connection.finish(close).await;
    })
}

struct Connection<E> {
    transport: Transport<E>,
    sink: SplitSink<WebSocket, Message>,
    /// Who speaks, once introduced.
    caller: Option<Caller>,
    operations: HashMap<String, (u64, AbortOnDropHandle<()>)>,
    serial: u64,
}

/// A word of an operation. The serial tells operations apart that had the same id one after the other.
struct Outgoing {
    id: String,
    serial: u64,
    text: String,
    /// The operation's last word.
    last: bool,
}

/// Why credentials are not taken: not good, or nobody can tell at the moment.
fn unwelcome(error: &Error) -> Close {
    if error.kind() == ErrorKind::Unauthenticated { Close::Forbidden } else { Close::TryLater }
}

type Ending = Option<(Close, String)>;

impl<E: Executor> Connection<E> {
    /// Serves until one side ends; gives the reason if it is ours.
    async fn run(&mut self, mut stream: SplitStream<WebSocket>, caller: Caller) -> Ending {
        let (outbox, mut outgoing) = mpsc::channel::<Outgoing>(BACKLOG);
        let init = sleep(INIT_TIME);
        tokio::pin!(init);
        let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
        let mut heard = Instant::now();
        let shutdown = self.transport.shutdown.clone();
        loop {
            let ending = tokio::select! {
                () = shutdown.cancelled() => Err(Some((Close::GoingAway, String::new()))),
                () = &mut init, if self.caller.is_none() => Err(Some((Close::InitTimeout, String::new()))),
                _ = pings.tick() => self.ping(heard).await,
                Some(word) = outgoing.recv() => self.say(word).await,
                message = stream.next() => {
                    heard = Instant::now();
                    self.hear(message, &caller, &outbox).await
                }
            };
            if let Err(ending) = ending {
                return ending;
            }
        }
    }

    async fn ping(&mut self, heard: Instant) -> Result<(), Ending> {
        if heard.elapsed() > DEAD_AFTER {
            return Err(None);
        }
        self.send(Message::Ping(bytes::Bytes::new())).await
    }

    async fn say(&mut self, word: Outgoing) -> Result<(), Ending> {
        // What an operation says after the client has ended it is not said.
        if self.operations.get(&word.id).is_none_or(|(serial, _)| *serial != word.serial) {
            return Ok(());
        }
        if word.last {
            self.operations.remove(&word.id);
        }
        self.send(Message::text(word.text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        match tokio::time::timeout(DEAD_AFTER, self.sink.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(None),
        }
    }

    async fn hear(
        &mut self,
        message: Option<Result<Message, axum::Error>>,
        caller: &Caller,
        outbox: &mpsc::Sender<Outgoing>,
    ) -> Result<(), Ending> {
        let bad = || Err(Some((Close::BadMessage, String::new())));
        match message {
            Some(Ok(Message::Text(text))) if text.len() > MAX_BODY => {
                Err(Some((Close::TooBig, String::new())))
            }
            Some(Ok(Message::Text(text))) => match message::read(&text) {
                Some(incoming) => self.obey(incoming, caller, outbox).await,
                None => bad(),
            },
            Some(Ok(Message::Binary(_))) => bad(),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Err(error)) if is_too_big(&error) => Err(Some((Close::TooBig, String::new()))),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(None),
        }
    }

    async fn obey(
        &mut self,
        incoming: Incoming,
        caller: &Caller,
        outbox: &mpsc::Sender<Outgoing>,
    ) -> Result<(), Ending> {
        match incoming {
            Incoming::Init(_) if self.caller.is_some() => Err(Some((Close::TooManyInits, String::new()))),
            Incoming::Init(payload) => {
                self.caller = Some(self.introduce(caller.clone(), &payload).await?);
                self.send(Message::text(message::ack())).await
            }
            Incoming::Ping(payload) => self.send(Message::text(message::pong(payload))).await,
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
            Incoming::Subscribe { id, operation } => self.begin(id, operation, outbox).await,
        }
    }

    /// A key in the first message speaks louder than what came with the upgrade.
    async fn introduce(&self, mut caller: Caller, payload: &Value) -> Result<Caller, Ending> {
        if let Some(key) = Credentials::of_payload(payload) {
            let credentials = Credentials { key: Some(key), cookie: None };
            let viewer = self.transport.gate.viewer(&credentials).await;
            caller.viewer = viewer.map_err(|error| Some((unwelcome(&error), String::new())))?;
        }
        Ok(caller)
    }

    async fn begin(
        &mut self,
        id: String,
        operation: Map<String, Value>,
        outbox: &mpsc::Sender<Outgoing>,
    ) -> Result<(), Ending> {
        let Some(caller) = self.caller.clone() else {
            return Err(Some((Close::Unauthorized, String::new())));
        };
        if self.operations.contains_key(&id) {
            return Err(Some((Close::DuplicateId, id)));
        }
        let Ok(question) = request::from_fields(operation) else {
            return Err(Some((Close::BadMessage, String::new())));
        };
        if self.operations.len() >= MAX_OPERATIONS {
            let errors = serde_json::json!([{ "message": "Too many operations on this connection" }]);
            return self.send(Message::text(message::error(&id, &errors))).await;
        }
        self.serial += 1;
        let voice = Voice { id: id.clone(), serial: self.serial, outbox: outbox.clone() };
        let task = tokio::spawn(operate(self.transport.clone(), question, caller, voice));
        self.operations.insert(id, (self.serial, AbortOnDropHandle::new(task)));
        Ok(())
    }

    /// Ends in order: running operations complete when the service stops, and the reason is said.
    async fn finish(mut self, ending: Ending) {
        let Some((close, id)) = ending else {
            // The client's goodbye is answered.
            let _ = tokio::time::timeout(Duration::from_secs(1), self.sink.close()).await;
            return;
        };
        if close == Close::GoingAway {
            let running: Vec<String> = self.operations.drain().map(|(id, _)| id).collect();
            for id in running {
                let _ = self.send(Message::text(message::complete(&id))).await;
            }
        }
        let frame = CloseFrame { code: close.code(), reason: close.reason(&id).into() };
        let _ = self.send(Message::Close(Some(frame))).await;
        let _ = tokio::time::timeout(Duration::from_secs(1), self.sink.close()).await;
    }
}

/// Whether a message was over the limit of the socket itself.
fn is_too_big(error: &axum::Error) -> bool {
    let text = error.to_string();
    text.contains("too long") || text.contains("too big") || text.contains("limit exceeded")
}

/// How an operation speaks.
struct Voice {
    id: String,
    serial: u64,
    outbox: mpsc::Sender<Outgoing>,
}

impl Voice {
    /// False when nobody listens any more.
    async fn say(&self, text: String, last: bool) -> bool {
        let word = Outgoing { id: self.id.clone(), serial: self.serial, text, last };
        self.outbox.send(word).await.is_ok()
    }
}

/// Runs one operation; each answer waits for its place in the outbox. A question has limited time, a subscription has not.
async fn operate<E: Executor>(
    transport: Transport<E>,
    mut question: async_graphql::Request,
    caller: Caller,
    voice: Voice,
) {
    if request::kind(&mut question) != Some(OperationType::Subscription) {
        return answer(&transport, asked_by(question, caller), voice).await;
    }
    let mut told = pin!(transport.audiences.listen(transport.executor.clone(), question, caller));
    while let Some(said) = told.next().await {
        match said {
            Said::Next(payload) => {
                if !voice.say(message::next(&voice.id, &payload), false).await {
                    return;
                }
            }
            Said::Refused(errors) => {
                voice.say(message::error(&voice.id, &errors), true).await;
                return;
            }
        }
    }
    voice.say(message::complete(&voice.id), true).await;
}

/// Answers a query or a mutation.
async fn answer<E: Executor>(transport: &Transport<E>, question: async_graphql::Request, voice: Voice) {
    let answer = tokio::time::timeout(TIME, transport.executor.execute(question)).await;
    let answer = answer.unwrap_or_else(|_| failure(&Error::unavailable("This took too long; ask for less")));
    let (value, ran) = http::to_json(answer);
    if !ran {
        let errors = value.get("errors").cloned().unwrap_or_default();
        voice.say(message::error(&voice.id, &errors), true).await;
    } else if voice.say(message::next(&voice.id, &value.to_string()), false).await {
        voice.say(message::complete(&voice.id), true).await;
    }
}
