//! The table of contents, and the layers around it.

use super::credentials::Gate;
use super::graphql::{self, Transport};
use super::health::{self, Readiness};
use super::ui;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

/// What the routes need.
#[derive(Clone)]
pub struct Site {
    pub gate: Gate,
    /// Prefix of every path: empty, or `/a/b`.
    pub root: String,
    pub readiness: Readiness,
    pub shutdown: CancellationToken,
}

/// Every route under the prefix, with `more` beside the schema.
pub fn router<E: async_graphql::Executor>(site: &Site, executor: E, more: Router) -> Router {
    let transport = Transport::new(site.gate.clone(), executor, site.root.clone(), site.shutdown.clone());
    let readiness = site.readiness.clone();
    let routes = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(move || health::ready(readiness.clone())))
        .route("/status", get(health::legacy))
        .merge(graphql::routes(transport))
        .merge(more);
    under(&site.root, routes)
        .fallback_service(ui::handler(&site.root))
        // From the outside in: nothing leaves without the headers, a fault becomes an answer, and all is logged.
        .layer(CatchPanicLayer::custom(fault))
        .layer(middleware::from_fn(log))
        .layer(middleware::from_fn(harden))
}

fn under(root: &str, routes: Router) -> Router {
    if root.is_empty() {
        return routes;
    }
    let home = root.to_owned();
    let outside = Router::new().route("/", get(move || async move { Redirect::temporary(&home) }));
    outside.nest(root, routes)
}

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Answers are data: no page may frame, sniff, run or keep them.
async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// One line for each request; never the query, which may carry a key.
async fn log(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), "answered");
    response
}

fn fault(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request ended in a fault");
    let body = r#"{"errors":[{"message":"Something went wrong on our side; the log says more","extensions":{"code":"INTERNAL"}}]}"#;
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
