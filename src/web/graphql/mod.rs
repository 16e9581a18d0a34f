//! The schema's transports: HTTP, websocket, server-sent events. One endpoint; what a request asks for decides.

mod audience;
mod csrf;
mod http;
mod message;
mod negotiate;
mod operation;
mod request;
mod sse;
mod websocket;

pub(super) use csrf::refusal;

use super::credentials::{Credentials, Gate};
use crate::graphql::{Caller, error_from_domain, operation_type};
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Request};
use audience::Audiences;
use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::Method;
use axum::response::Response;
use axum::routing::any;
use negotiate::{Media, accepted};
use sse::Reservations;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::{Error, Result};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// The largest body and the largest websocket message, in bytes.
const MAX_BODY: usize = 256 * 1024;
/// How long one question may take.
const TIME: Duration = Duration::from_secs(30);

/// What every transport needs.
pub struct Transport<E> {
    gate: Gate,
    executor: E,
    /// Prefix of every path.
    root: String,
    shutdown: CancellationToken,
    reservations: Arc<Reservations>,
    audiences: Arc<Audiences>,
}

impl<E: Executor> Clone for Transport<E> {
    fn clone(&self) -> Self {
        Self {
            gate: self.gate.clone(),
            executor: self.executor.clone(),
            root: self.root.clone(),
            shutdown: self.shutdown.clone(),
            reservations: self.reservations.clone(),
            audiences: self.audiences.clone(),
        }
    }
}

impl<E: Executor> Transport<E> {
    pub fn new(gate: Gate, executor: E, root: String, shutdown: CancellationToken) -> Self {
        Self { gate, executor, root, shutdown, reservations: Arc::default(), audiences: Arc::default() }
    }

    /// Who asks. Credentials that are wrong are an error; none make a stranger.
    async fn caller(&self, parts: &axum::http::request::Parts) -> Result<Caller> {
        let credentials = Credentials::read(&parts.headers, parts.uri.query());
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        Ok(Caller {
            viewer: self.gate.viewer(&credentials).await?,
            origin: self.gate.origin(&parts.headers, peer),
            cookie: credentials.cookie,
            secure: self.gate.is_secure(&parts.headers),
            path: if self.root.is_empty() { "/".to_owned() } else { self.root.clone() },
        })
    }
}

/// A question with the one who asks. Strangers learn nothing of the schema: neither by asking for it nor by guessing, for
/// the executor's words about a bad question are kept from them by an extension of the schema.
fn asked_by(request: Request, caller: Caller) -> Request {
    let request = if caller.viewer.is_none() { request.disable_introspection() } else { request };
    request.data(caller)
}

/// What comes of a query or a change within [`TIME`]. A change is made to its end, whether or not anybody still waits for it; a
/// query ends with whoever asked.
async fn run<E: Executor>(executor: E, mut question: Request) -> Result<async_graphql::Response> {
    let is_query = operation_type(&mut question) == Some(OperationType::Query);
    let execution = tokio::spawn(async move { executor.execute(question).await });
    let answer = match is_query {
        true => tokio::time::timeout(TIME, AbortOnDropHandle::new(execution)).await,
        false => tokio::time::timeout(TIME, execution).await,
    };
    match answer {
        Ok(answer) => answer.map_err(Error::internal),
        Err(_) => Err(Error::unavailable("This took too long; ask for less")),
    }
}

/// The routes of the schema.
pub fn routes<E: Executor>(transport: Transport<E>) -> Router {
    Router::new()
        .route("/graphql", any(endpoint::<E>))
        .route("/graphql/stream", any(sse::endpoint::<E>))
        .with_state(transport)
}

async fn endpoint<E: Executor>(
    State(transport): State<Transport<E>>,
    request: axum::extract::Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    if parts.method == Method::GET && parts.headers.contains_key("sec-websocket-key") {
        return match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
            Ok(upgrade) => websocket::accept(transport, parts, upgrade).await,
            Err(refusal) => axum::response::IntoResponse::into_response(refusal),
        };
    }
    match accepted(&parts.headers) {
        Some(Media::Events) => sse::distinct(transport, parts, body).await,
        Some(media) => http::answer(transport, parts, body, media).await,
        None => http::not_acceptable(),
    }
}

/// A body of at most [`MAX_BODY`] bytes.
async fn read_body(body: Body) -> Result<bytes::Bytes, Response> {
    match tokio::time::timeout(TIME, axum::body::to_bytes(body, MAX_BODY)).await {
        Ok(read) => read.map_err(|_| http::too_large()),
        Err(_) => Err(http::bad_request("The body did not come in time")),
    }
}

/// An error of ours in the form that clients of the schema know.
fn failure(error: &tautulli_domain::Error) -> async_graphql::Response {
    let error = error_from_domain(error).into_server_error(async_graphql::Pos::default());
    async_graphql::Response::from_errors(vec![error])
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::{Data, Response, Value};
    use futures_util::stream::{self, BoxStream};
    use futures_util::{StreamExt, poll};
    use std::pin::pin;
    use tokio::sync::{Notify, mpsc};

    /// Answers when it is told to, and tells when it has.
    #[derive(Clone)]
    struct Patient {
        go: Arc<Notify>,
        done: mpsc::UnboundedSender<()>,
    }

    impl Executor for Patient {
        async fn execute(&self, _: Request) -> Response {
            self.go.notified().await;
            self.done.send(()).unwrap();
            Response::new(Value::Null)
        }

        fn execute_stream(&self, _: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
            stream::empty().boxed()
        }
    }

    #[tokio::test]
    async fn a_change_is_made_to_its_end_and_a_query_ends_with_whoever_asked() {
        for (document, is_made) in [("mutation { a }", true), ("{ a }", false), ("query A { a }", false)] {
            let (done, mut made) = mpsc::unbounded_channel();
            let patient = Patient { go: Arc::default(), done };
            let go = patient.go.clone();
            {
                let mut running = pin!(run(patient, Request::new(document)));
                assert!(poll!(running.as_mut()).is_pending());
            }
            go.notify_one();
            assert_eq!(made.recv().await.is_some(), is_made, "{document}");
        }
    }
}
