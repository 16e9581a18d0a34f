//! Pictures behind sealed addresses. Whoever has an address may fetch the picture: it stands in pages and in messages.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use tautulli_services::images::{Delivery, Fallback, Images};

/// `/image/<sealed address>`.
pub fn routes(images: Arc<Images>) -> Router {
    Router::new().route("/image/{sealed}", get(deliver)).with_state(images)
}

/// An address stands for one picture for ever: Plex changes the path when it changes the picture.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=604800, immutable");
/// A fallback is asked for again soon; the server may be back.
const KEEP_FALLBACK: HeaderValue = HeaderValue::from_static("private, max-age=30");

async fn deliver(
    State(images): State<Arc<Images>>,
    Path(sealed): Path<String>,
    asked: HeaderMap,
) -> Response {
    let tag = sealed.rsplit_once('.').map(|(_, code)| format!("\"{code}\"")).unwrap_or_default();
    let delivered = match images.deliver(&sealed).await {
        Ok(delivered) => delivered,
        Err(failure) => return (StatusCode::NOT_FOUND, failure.outer().to_owned()).into_response(),
    };
    match delivered {
        Delivery::Fallback(fallback) => drawn(fallback),
        Delivery::Image(image) => {
            let Ok(tag) = HeaderValue::from_str(&tag) else { return StatusCode::NOT_FOUND.into_response() };
            if asked.get(header::IF_NONE_MATCH) == Some(&tag) {
                return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, KEEP)])
                    .into_response();
            }
            let kind = HeaderValue::from_static(image.content_type);
            let headers = [(header::CONTENT_TYPE, kind), (header::ETAG, tag), (header::CACHE_CONTROL, KEEP)];
            (headers, image.bytes).into_response()
        }
    }
}

/// What stands in: quiet shapes that suit light and dark pages.
fn drawn(fallback: Fallback) -> Response {
    let drawing = match fallback {
        Fallback::Poster => include_str!("image/poster.svg"),
        Fallback::Cover => include_str!("image/cover.svg"),
        Fallback::Art => include_str!("image/art.svg"),
        Fallback::Avatar => include_str!("image/avatar.svg"),
    };
    let kind = HeaderValue::from_static("image/svg+xml");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEEP_FALLBACK)], drawing).into_response()
}
