//! Server-sent events as `graphql-sse` defines them: a stream for each operation, or one reserved stream for many.

use super::audience::Said;
use super::negotiate::Media;
use super::{Transport, asked_by, csrf, failure, http, request};
use crate::graphql::{Caller, NoChanges, operation_type};
use crate::web::Credentials;
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Request};
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

/// A sign of life while nothing is told.
const BEAT: Duration = Duration::from_secs(12);
/// How long a reserved stream may wait to be opened.
const RESERVED: Duration = Duration::from_secs(60);
const MAX_STREAMS: usize = 1_000;
const MAX_OPERATIONS: usize = 100;
const BACKLOG: usize = 64;
const TOKEN: &str = "x-graphql-event-stream-token";

/// The streams of the single-connection mode, by token.
#[derive(Default)]
pub(super) struct Reservations(Mutex<HashMap<String, Reservation>>);

struct Reservation {
    made: Instant,
    outbox: mpsc::Sender<String>,
    /// Taken when the stream is opened.
    outgoing: Option<mpsc::Receiver<String>>,
    operations: HashMap<String, AbortOnDropHandle<()>>,
}

impl Reservations {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, Reservation>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, r| {
            r.outgoing.is_none() && !r.outbox.is_closed()
                || r.made.elapsed() < RESERVED && r.outgoing.is_some()
        });
        work(&mut all)
    }
}

/// The mode of distinct connections: one operation, one stream.
pub(super) async fn distinct<E: Executor>(transport: Transport<E>, parts: Parts, body: Body) -> Response {
    let asked = match question(&transport, &parts, body).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    let told = answers(&transport, asked).map(|payload| event("next", &payload));
    let last = stream::iter([event("complete", "")]);
    events(told.take_until(transport.shutdown.clone().cancelled_owned()).chain(last))
}

/// The address of the single-connection mode; a plain request for events is the distinct mode here too.
pub(super) async fn endpoint<E: Executor>(
    State(transport): State<Transport<E>>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let token = token(&parts);
    match (parts.method.clone(), token) {
        (Method::PUT, _) => reserve(&transport, &parts).await,
        (Method::GET | Method::POST, Some(token)) if takes_events(&parts) => open(&transport, &token),
        (Method::GET | Method::POST, Some(token)) => operate(&transport, &parts, body, &token).await,
        (Method::DELETE, Some(token)) => end(&transport, &parts, &token),
        (Method::GET | Method::POST, None) => distinct(transport, parts, body).await,
        _ => http::bad_request(
            "Reserve a stream by PUT, open it by GET, send operations by POST, end them by DELETE",
        ),
    }
}

fn takes_events(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// The token from its header or the query.
fn token(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(TOKEN).and_then(|v| v.to_str().ok()).map(str::to_owned);
    header.or_else(|| parameter(parts, "token"))
}

fn parameter(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(n, _)| n == name)
        .map(|(_, value)| value.into_owned())
}

/// A question, who asks it, and with what they came.
struct Asked {
    question: Request,
    caller: Caller,
    credentials: Credentials,
}

/// What is said to a question; JSON. To a subscription, as long as whoever asks may hear it.
fn answers<E: Executor>(transport: &Transport<E>, asked: Asked) -> BoxStream<'static, Arc<str>> {
    let Asked { mut question, caller, credentials } = asked;
    let executor = transport.executor.clone();
    if operation_type(&mut question) != Some(OperationType::Subscription) {
        let question = asked_by(question, caller);
        let answer = async move {
            let answer = super::run(executor, question).await.unwrap_or_else(|error| failure(&error));
            http::to_text(answer).0.into()
        };
        return stream::once(answer).boxed();
    }
    let lapse = transport.gate.clone().lapse(credentials, caller.viewer.clone());
    let told = transport.audiences.listen(executor, question, caller);
    told.map(|said| match said {
        Said::Next(payload) => payload,
        Said::Refused(errors) => json!({ "errors": *errors }).to_string().into(),
    })
    .take_until(lapse)
    .boxed()
}

/// The name that a client gives an operation, for the mode of one connection.
fn operation_id(question: &Request) -> Option<String> {
    match question.extensions.get("operationId") {
        Some(async_graphql::Value::String(id)) if !id.is_empty() && id.len() <= 100 => Some(id.clone()),
        _ => None,
    }
}

/// Reads the question and who asks it.
async fn question<E: Executor>(
    transport: &Transport<E>,
    parts: &Parts,
    body: Body,
) -> Result<Asked, Box<Response>> {
    if let Some(why) = csrf::refusal(parts, transport.gate.behind_proxy) {
        return Err(Box::new(http::forbidden(why)));
    }
    let question = if parts.method == Method::GET {
        let mut question = request::from_query(parts.uri.query().unwrap_or_default())
            .map_err(|why| Box::new(http::bad_request(why.0)))?;
        if operation_type(&mut question) == Some(OperationType::Mutation) {
            return Err(Box::new(http::not_allowed("Mutations may not be sent by GET; use POST", "POST")));
        }
        question.data(NoChanges)
    } else {
        http::read(parts, body, Media::Json).await?
    };
    let caller = transport.caller(parts).await.map_err(|error| Box::new(http::unwelcome(&error)))?;
    Ok(Asked { question, caller, credentials: Credentials::read(&parts.headers, parts.uri.query()) })
}

async fn reserve<E: Executor>(transport: &Transport<E>, parts: &Parts) -> Response {
    if let Some(why) = csrf::refusal(parts, transport.gate.behind_proxy) {
        return http::forbidden(why);
    }
    match transport.caller(parts).await {
        Ok(caller) if caller.viewer.is_some() => {}
        Ok(_) => return http::unwelcome(&tautulli_domain::Error::unauthenticated()),
        Err(error) => return http::unwelcome(&error),
    }
    let token = Uuid::new_v4().to_string();
    let (outbox, outgoing) = mpsc::channel(BACKLOG);
    let reservation =
        Reservation { made: Instant::now(), outbox, outgoing: Some(outgoing), operations: HashMap::new() };
    let made = transport.reservations.with(|all| {
        let room = all.len() < MAX_STREAMS;
        if room {
            all.insert(token.clone(), reservation);
        }
        room
    });
    if !made {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], token).into_response()
}

fn open<E: Executor>(transport: &Transport<E>, token: &str) -> Response {
    let taken = transport.reservations.with(|all| all.get_mut(token).map(|r| r.outgoing.take()));
    match taken {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(None) => StatusCode::CONFLICT.into_response(),
        Some(Some(outgoing)) => {
            let stream = Opened { reservations: transport.reservations.clone(), token: token.to_owned() };
            let shutdown = transport.shutdown.clone();
            events(stream::unfold(Some((outgoing, stream)), move |open| {
                let shutdown = shutdown.clone();
                async move {
                    let (mut outgoing, stream) = open?;
                    tokio::select! {
                        () = shutdown.cancelled() => Some((stream.farewell(), None)),
                        word = outgoing.recv() => Some((word?, Some((outgoing, stream)))),
                    }
                }
            }))
        }
    }
}

/// A stream that is open. Its operations end with it.
struct Opened {
    reservations: Arc<Reservations>,
    token: String,
}

impl Opened {
    /// The last words of the operations that still run.
    fn farewell(&self) -> String {
        let running = self.reservations.with(|all| all.remove(&self.token));
        let ids = running.into_iter().flat_map(|stream| stream.operations.into_keys());
        ids.map(|id| event("complete", &json!({ "id": id }).to_string())).collect()
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.reservations.with(|all| all.remove(&self.token));
    }
}

async fn operate<E: Executor>(transport: &Transport<E>, parts: &Parts, body: Body, token: &str) -> Response {
    let mut asked = match question(transport, parts, body).await {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    let Some(id) = operation_id(&asked.question) else {
        return http::bad_request("extensions.operationId is missing");
    };
    // The operation's own name in this connection; it would keep equal questions apart.
    asked.question.extensions.0.remove("operationId");
    let told = answers(transport, asked);
    let status = transport.reservations.with(|all| {
        let Some(stream) = all.get_mut(token) else { return StatusCode::NOT_FOUND };
        stream.operations.retain(|_, task| !task.is_finished());
        if stream.operations.contains_key(&id) {
            return StatusCode::CONFLICT;
        }
        if stream.operations.len() >= MAX_OPERATIONS {
            return StatusCode::TOO_MANY_REQUESTS;
        }
        let task = tokio::spawn(run(told, id.clone(), stream.outbox.clone()));
        stream.operations.insert(id, AbortOnDropHandle::new(task));
        StatusCode::ACCEPTED
    });
    status.into_response()
}

async fn run(mut told: BoxStream<'static, Arc<str>>, id: String, outbox: mpsc::Sender<String>) {
    while let Some(payload) = told.next().await {
        let data = format!(r#"{{"id":{},"payload":{payload}}}"#, json!(id));
        if outbox.send(event("next", &data)).await.is_err() {
            return;
        }
    }
    let _ = outbox.send(event("complete", &json!({ "id": id }).to_string())).await;
}

fn end<E: Executor>(transport: &Transport<E>, parts: &Parts, token: &str) -> Response {
    let Some(id) = parameter(parts, "operationId") else {
        return http::bad_request("operationId is missing");
    };
    let outbox = transport.reservations.with(|all| {
        let stream = all.get_mut(token)?;
        stream.operations.remove(&id);
        Some(stream.outbox.clone())
    });
    let Some(outbox) = outbox else { return StatusCode::NOT_FOUND.into_response() };
    let _ = outbox.try_send(event("complete", &json!({ "id": id }).to_string()));
    StatusCode::OK.into_response()
}

/// One event; JSON has no line breaks of its own.
fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// A stream of events with signs of life in between.
fn events(told: impl Stream<Item = String> + Send + 'static) -> Response {
    let beats = stream::unfold(Box::pin(told), |mut told| async move {
        match tokio::time::timeout(BEAT, told.next()).await {
            Ok(Some(text)) => Some((text, told)),
            Ok(None) => None,
            Err(_) => Some((":\n\n".to_owned(), told)),
        }
    });
    // Something at once, so that clients and proxies know that the stream is open.
    let opened = stream::iter([":\n\n".to_owned()]).chain(beats);
    let body = Body::from_stream(opened.map(|text| Ok::<_, Infallible>(bytes::Bytes::from(text))));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Media::Events.content_type())),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, body).into_response()
}
