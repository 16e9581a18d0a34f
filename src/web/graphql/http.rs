//! One question, one answer, as GraphQL over HTTP wants it.

use super::negotiate::Media;
use super::request::{self, Refusal};
use super::{Transport, asked_by, csrf, failure, read_body, run};
use crate::graphql::NoChanges;
use async_graphql::{Executor, Request};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tautulli_domain::{Error, ErrorKind};

/// Answers one request.
pub(super) async fn answer<E: Executor>(
    transport: Transport<E>,
    parts: Parts,
    body: Body,
    media: Media,
) -> Response {
    if let Some(why) = csrf::refusal(&parts, transport.gate.behind_proxy) {
        return refuse(StatusCode::FORBIDDEN, media, "FORBIDDEN", why);
    }
    let question = match read(&parts, body, media).await {
        Ok(question) => question,
        Err(response) => return *response,
    };
    let caller = match transport.caller(&parts).await {
        Ok(caller) => caller,
        Err(error) => return denied(&error, media),
    };
    match run(transport.executor, asked_by(question, caller)).await {
        Ok(response) => write(response, media),
        Err(error) => denied(&error, media),
    }
}

pub(super) async fn read(parts: &Parts, body: Body, media: Media) -> Result<Request, Box<Response>> {
    let refused = |why: Refusal| Box::new(refuse(StatusCode::BAD_REQUEST, media, "INVALID", why.0));
    if parts.method == Method::GET {
        let mut question = request::from_query(parts.uri.query().unwrap_or_default()).map_err(refused)?;
        if !request::is_query(&mut question) {
            return Err(Box::new(not_allowed("Only queries may be sent by GET; use POST", "POST")));
        }
        return Ok(question.data(NoChanges));
    }
    if parts.method != Method::POST {
        return Err(Box::new(not_allowed("Send questions by POST or GET", "GET, POST")));
    }
    if !is_json(parts) {
        let why = "The content type must be application/json";
        return Err(Box::new(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, media, "INVALID", why)));
    }
    let body = read_body(body).await.map_err(Box::new)?;
    request::from_body(&body).map_err(refused)
}

/// Whether the body says that it is JSON in UTF-8.
pub(super) fn is_json(parts: &Parts) -> bool {
    let Some(value) = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let mut pieces = value.split(';').map(str::trim);
    let is_json = pieces.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let charset = pieces.find_map(|p| p.to_ascii_lowercase().strip_prefix("charset=").map(str::to_owned));
    is_json && charset.is_none_or(|c| c.trim_matches('"') == "utf-8")
}

/// Writes an answer: a question that could not be run has no `data`, and with its own media type a status of its own.
fn write(response: async_graphql::Response, media: Media) -> Response {
    let headers = response.http_headers.clone();
    let (text, ran) = to_text(response);
    let status = match (media, ran) {
        (Media::Response, false) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut answer = said(status, media, text);
    answer.headers_mut().extend(headers);
    answer
}

/// An answer as the text of its JSON, and whether the question was run.
pub(super) fn to_text(response: async_graphql::Response) -> (String, bool) {
    if response.is_ok()
        && let Ok(text) = serde_json::to_string(&response)
    {
        return (text, true);
    }
    let (value, ran) = to_json(response);
    (value.to_string(), ran)
}

/// An answer as JSON, and whether the question was run. Errors before that name no field and have no data beside them.
pub(super) fn to_json(response: async_graphql::Response) -> (Value, bool) {
    let ran = response.is_ok() || response.errors.iter().any(|error| !error.path.is_empty());
    let mut value = serde_json::to_value(response).unwrap_or_else(|_| json!({ "errors": [] }));
    if let Some(fields) = value.as_object_mut() {
        if !ran {
            fields.shift_remove("data");
        }
        fields.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten().for_each(name_error);
    }
    (value, ran)
}

/// Gives an error the code that programs look for. Ours carry one; the others are the library's about the question.
fn name_error(error: &mut Value) {
    let is_persisted = error.get("message").is_some_and(|m| m == "PersistedQueryNotFound");
    let code = if is_persisted { "PERSISTED_QUERY_NOT_FOUND" } else { "INVALID" };
    if let Some(fields) = error.as_object_mut() {
        let extensions = fields.entry("extensions").or_insert_with(|| json!({}));
        if let Some(extensions) = extensions.as_object_mut() {
            extensions.entry("code").or_insert_with(|| json!(code));
        }
    }
}

fn said(status: StatusCode, media: Media, text: String) -> Response {
    let kind = HeaderValue::from_static(media.content_type());
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

fn refuse(status: StatusCode, media: Media, code: &str, why: &str) -> Response {
    let value = json!({ "errors": [{ "message": why, "extensions": { "code": code } }] });
    said(status, media, value.to_string())
}

/// Credentials came and were not good, or could not be checked.
fn denied(error: &Error, media: Media) -> Response {
    let status = match error.kind() {
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    said(status, media, to_json(failure(error)).0.to_string())
}

pub(super) fn not_allowed(why: &str, allowed: &'static str) -> Response {
    let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, Media::Json, "INVALID", why);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

pub(super) fn not_acceptable() -> Response {
    let why = "Answers come as application/graphql-response+json, application/json or text/event-stream";
    refuse(StatusCode::NOT_ACCEPTABLE, Media::Json, "INVALID", why)
}

pub(super) fn too_large() -> Response {
    refuse(StatusCode::PAYLOAD_TOO_LARGE, Media::Json, "INVALID", "The body may have at most 256 KiB")
}

pub(super) fn bad_request(why: &str) -> Response {
    refuse(StatusCode::BAD_REQUEST, Media::Json, "INVALID", why)
}

pub(super) fn forbidden(why: &str) -> Response {
    refuse(StatusCode::FORBIDDEN, Media::Json, "FORBIDDEN", why)
}

pub(super) fn unwelcome(error: &Error) -> Response {
    denied(error, Media::Json)
}
