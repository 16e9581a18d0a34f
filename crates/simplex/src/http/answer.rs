//! Owns the answers that are not trees: HTML errors, plain JSON, nothing.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The HTML body Plex gives with an error.
pub(crate) fn html(status: StatusCode) -> Response {
    let words = match status {
        StatusCode::UNAUTHORIZED => "Unauthorized",
        StatusCode::NOT_FOUND => "Not Found",
        _ => "",
    };
    let code = status.as_u16();
    let body = if words.is_empty() {
        format!("<html><head><title>{code}</title></head></html>")
    } else {
        format!("<html><head><title>{words}</title></head><body><h1>{code} {words}</h1></body></html>")
    };
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (PROTOCOL, "1.0")], body).into_response()
}

pub(super) const PROTOCOL: header::HeaderName = header::HeaderName::from_static("x-plex-protocol");

pub(crate) fn missing() -> Response {
    html(StatusCode::NOT_FOUND)
}

/// 200 without a body.
pub(crate) async fn nothing() -> StatusCode {
    StatusCode::OK
}

pub(crate) fn json(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], value.to_string()).into_response()
}
