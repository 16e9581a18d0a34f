//! The legacy `/api/v2` on our routes: HTTP into its requests, its documents into executions of the schema. Knows no command.

use crate::graphql::{Caller, Schema};
use crate::web::Gate;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Request as Question, ServerError, Variables};
use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on};
use chrono::DateTime;
use chrono_tz::Tz;
use secrecy::SecretString;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tautulli_compat::{Backend, BackendError, Client};

/// The largest form that is read.
const BODY: usize = 1 << 20;
/// More parameters than this are sent by nobody.
const PARAMS: usize = 200;
/// How long one command may take.
const TIME: Duration = Duration::from_secs(60);
/// The largest key that is looked up.
const KEY: usize = 512;

/// The routes of the legacy API: who may ask is decided by `gate`, days are those of `zone`.
pub fn router(schema: Schema, gate: Gate, zone: Tz) -> Router {
    let methods = MethodFilter::GET.or(MethodFilter::HEAD).or(MethodFilter::POST).or(MethodFilter::OPTIONS);
    let old = || get(moved).post(moved).options(moved);
    Router::new()
        .route("/api/v2", on(methods, answer))
        .route("/api/v2/", on(methods, answer))
        .route("/api", old())
        .route("/api/", old())
        .route("/api/v1", old())
        .route("/api/v1/", old())
        .with_state(Bridge { schema, gate, zone, documents: Arc::new(documents()) })
}

#[derive(Clone)]
struct Bridge {
    schema: Schema,
    gate: Gate,
    zone: Tz,
    /// Every document, parsed once.
    documents: Arc<HashMap<&'static str, ExecutableDocument>>,
}

/// What cannot be parsed is left to its execution, which tells why.
fn documents() -> HashMap<&'static str, ExecutableDocument> {
    tautulli_compat::documents().filter_map(|text| Some((text, parse_query(text).ok()?))).collect()
}

async fn moved() -> Response {
    send(tautulli_compat::moved())
}

async fn answer(State(bridge): State<Bridge>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(TIME, read(&parts, body)).await;
    let Ok(Ok(asked)) = read else {
        return send(tautulli_compat::fault(&tautulli_compat::Request::default()));
    };
    let visit = bridge.visit(&parts);
    // A task of its own is not cut off when the client hangs up, halfway through a change.
    let work = tokio::spawn(async move {
        let answered = tokio::time::timeout(TIME, tautulli_compat::respond(&visit, &asked)).await;
        answered.unwrap_or_else(|_| tautulli_compat::fault(&asked))
    });
    match work.await {
        Ok(response) => finish(&parts.method, response),
        Err(_) => send(tautulli_compat::fault(&tautulli_compat::Request::default())),
    }
}

/// Parameters of the address, then of the form.
async fn read(parts: &Parts, body: Body) -> Result<tautulli_compat::Request, axum::Error> {
    let mut params = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    let form = if is_form(&parts.headers) { to_bytes(body, BODY).await? } else { Bytes::new() };
    params.extend(pairs(&form));
    Ok(tautulli_compat::Request { params, api_key: key_in(&parts.headers) })
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().take(PARAMS).collect()
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"))
}

fn key_in(headers: &HeaderMap) -> Option<String> {
    headers.get("x-api-key").and_then(|key| key.to_str().ok()).map(str::to_owned)
}

fn finish(method: &Method, mut response: tautulli_compat::Response) -> Response {
    if method == Method::HEAD {
        response.body.clear();
    }
    send(response)
}

fn send(response: tautulli_compat::Response) -> Response {
    let tautulli_compat::Response { status, content_type, body } = response;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static(content_type))], body).into_response()
}

impl Bridge {
    fn visit(self, parts: &Parts) -> Visit {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
        let caller = Caller {
            origin: self.gate.origin(&parts.headers, peer),
            secure: self.gate.is_secure(&parts.headers),
            ..Caller::default()
        };
        Visit { bridge: self, caller }
    }
}

/// One request: who is behind it turns out when its key is shown.
#[derive(Clone)]
struct Visit {
    bridge: Bridge,
    caller: Caller,
}

impl Visit {
    fn local(&self, unix_seconds: i64, format: &str) -> String {
        let at = DateTime::from_timestamp(unix_seconds, 0).unwrap_or_default();
        at.with_timezone(&self.bridge.zone).format(format).to_string()
    }
}

#[async_trait]
impl Backend for Visit {
    async fn authenticate(&self, key: &str) -> Result<Option<Box<dyn Client>>, BackendError> {
        if key.len() > KEY {
            return Ok(None);
        }
        let found = self.bridge.gate.access.by_key(&SecretString::from(key)).await;
        let viewer = found.map_err(|error| BackendError::new(error.kind().code(), error.to_string()))?;
        let caller = |viewer| Caller { viewer: Some(viewer), ..self.caller.clone() };
        Ok(viewer.map(|viewer| Box::new(Self { bridge: self.bridge.clone(), caller: caller(viewer) }) as _))
    }
}

#[async_trait]
impl Client for Visit {
    async fn execute(
        &self,
        document: &'static str,
        variables: serde_json::Value,
    ) -> Result<serde_json::Value, BackendError> {
        let mut question =
            Question::new(document).variables(Variables::from_json(variables)).data(self.caller.clone());
        if let Some(parsed) = self.bridge.documents.get(document) {
            question.set_parsed_query(parsed.clone());
        }
        let response = self.bridge.schema.execute(question).await;
        if let Some(error) = response.errors.first() {
            return Err(BackendError::new(code(error), error.message.clone()));
        }
        response.data.into_json().map_err(|error| BackendError::new("INTERNAL", error.to_string()))
    }

    fn day_of(&self, unix_seconds: i64) -> String {
        self.local(unix_seconds, "%Y-%m-%d")
    }

    fn time_of(&self, unix_seconds: i64) -> String {
        self.local(unix_seconds, "%Y-%m-%d %H:%M:%S")
    }
}

fn code(error: &ServerError) -> String {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    match code {
        Some(async_graphql::Value::String(code)) => code.clone(),
        _ => "INTERNAL".to_owned(),
    }
}
