//! Whether the service is alive, and whether it is ready. Strangers may ask; nothing but that is said.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::sync::Arc;

/// Asks the parts of the service whether they are there: name and answer of each.
pub type Readiness = Arc<dyn Fn() -> BoxFuture<'static, Vec<(&'static str, bool)>> + Send + Sync>;

pub(super) async fn alive() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// The page that monitors of the reference ask for.
pub(super) async fn legacy() -> Json<Value> {
    Json(json!({ "result": "success", "message": "Ok" }))
}

pub(super) async fn ready(readiness: Readiness) -> Response {
    let parts = readiness().await;
    let ready = parts.iter().all(|(_, there)| *there);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let said: serde_json::Map<String, Value> =
        parts.into_iter().map(|(name, there)| (name.to_owned(), json!(there))).collect();
    (status, Json(json!({ "ready": ready, "parts": said }))).into_response()
}
