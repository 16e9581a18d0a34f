//! `graphql-transport-ws`: one connection, many operations. What a slow client does not take holds its operations up; it
//! gets a snapshot when it is ready again.

use super::message::{self, Close, Incoming};
use super::operation::{self, Operation, Outgoing, Run, Voice};
use super::{MAX_BODY, Transport, asked_by, csrf, http, request};
use crate::graphql::{Caller, operation_type};
use crate::web::{Credentials, Gate};
use async_graphql::Executor;
use async_graphql::parser::types::OperationType;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::future::{BoxFuture, pending};
use futures_util::stream::{self, BoxStream, SelectAll, SplitSink, SplitStream};
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
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
/// Messages that may wait for the client, and that are said in one go.
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
        let (operations, told) = (HashMap::new(), SelectAll::new());
        let lapse = pending().boxed();
        let mut connection =
            Connection { transport, sink, credentials, caller: None, lapse, operations, told, serial: 0 };
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
    /// What the client came with.
    credentials: Credentials,
    /// Who speaks, once introduced.
    caller: Option<Caller>,
    /// Ends when they may speak no more.
    lapse: BoxFuture<'static, ()>,
    operations: HashMap<Arc<str>, Operation>,
    /// What the subscriptions say, taken as fast as the client takes it.
    told: SelectAll<BoxStream<'static, Outgoing>>,
    serial: u64,
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
                () = &mut self.lapse => Err(Some((Close::Forbidden, String::new()))),
                _ = pings.tick() => self.ping(heard).await,
                Some(word) = outgoing.recv() => self.say(word).await,
                Some(word) = self.told.next() => self.say_all(word).await,
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
        match self.heed(word) {
            Some(message) => self.send(message).await,
            None => Ok(()),
        }
    }

    /// Says a word of a subscription and what else is ready to be said: together they cost one write.
    async fn say_all(&mut self, word: Outgoing) -> Result<(), Ending> {
        let mut next = Some(word);
        let mut room = BACKLOG;
        while let Some(word) = next {
            if let Some(message) = self.heed(word) {
                within(self.sink.feed(message)).await?;
            }
            room -= 1;
            next = if room > 0 { self.told.next().now_or_never().flatten() } else { None };
        }
        within(self.sink.flush()).await
    }

    /// The message of a word; what an operation says after the client has ended it is not said.
    fn heed(&mut self, word: Outgoing) -> Option<Message> {
        if self.operations.get(&word.id).is_none_or(|operation| operation.serial != word.serial) {
            return None;
        }
        if word.last {
            self.operations.remove(&word.id);
        }
        Some(Message::text(word.text))
    }

    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        within(self.sink.send(message)).await
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
                let gate = &self.transport.gate;
                let (caller, credentials) =
                    introduce(gate, caller.clone(), self.credentials.clone(), &payload).await?;
                self.lapse = gate.clone().lapse(credentials, caller.viewer.clone()).boxed();
                self.caller = Some(caller);
                self.send(Message::text(message::ack())).await
            }
            Incoming::Ping(payload) => self.send(Message::text(message::pong(payload))).await,
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                self.operations.remove(id.as_str());
                Ok(())
            }
            Incoming::Subscribe { id, operation } => self.begin(id, operation, outbox).await,
        }
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
        if self.operations.contains_key(id.as_str()) {
            return Err(Some((Close::DuplicateId, id)));
        }
        let Ok(mut question) = request::from_fields(operation) else {
            return Err(Some((Close::BadMessage, String::new())));
        };
        if self.operations.len() >= MAX_OPERATIONS {
            let errors = serde_json::json!([{ "message": "Too many operations on this connection" }]);
            return self.send(Message::text(message::error(&id, &errors))).await;
        }
        self.serial += 1;
        let (id, serial): (Arc<str>, u64) = (id.into(), self.serial);
        let run = if operation_type(&mut question) == Some(OperationType::Subscription) {
            let told = self.transport.audiences.listen(self.transport.executor.clone(), question, caller);
            let (told, handle) = stream::abortable(operation::words(told, id.clone(), serial));
            self.told.push(told.boxed());
            Run::Subscription(handle)
        } else {
            let voice = Voice { id: id.clone(), serial, outbox: outbox.clone() };
            let answer = operation::answer(self.transport.clone(), asked_by(question, caller), voice);
            Run::Question(AbortOnDropHandle::new(tokio::spawn(answer)))
        };
        self.operations.insert(id, Operation { serial, _run: run });
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
            let running: Vec<Arc<str>> = self.operations.drain().map(|(id, _)| id).collect();
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

/// A key in the first message speaks louder than what came with the upgrade.
async fn introduce(
    gate: &Gate,
    mut caller: Caller,
    came_with: Credentials,
    payload: &Value,
) -> Result<(Caller, Credentials), Ending> {
    let Some(key) = Credentials::of_payload(payload) else { return Ok((caller, came_with)) };
    let credentials = Credentials { key: Some(key), cookie: None };
    let viewer = gate.viewer(&credentials).await;
    caller.viewer = viewer.map_err(|error| Some((unwelcome(&error), String::new())))?;
    Ok((caller, credentials))
}

/// Waits for the client, but not for ever.
async fn within(sending: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Ending> {
    match tokio::time::timeout(DEAD_AFTER, sending).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(None),
    }
}
