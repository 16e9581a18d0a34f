//! The web pages: built from `ui/`, embedded, served as they lie in `ui-dist/`. Knows nothing of what is in them.

mod encoding;

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use encoding::Encoding;
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;
use std::sync::Arc;

/// The built pages; a debug build reads them from the disk, so that a new build of them shows at once.
#[derive(Embed)]
#[folder = "ui-dist"]
struct Pages;

const INDEX: &str = "index.html";
/// Everything in here carries a hash of its content in its name.
const HASHED: &str = "assets/";
/// What addresses in the page are relative to, as the build writes it.
const BASE: &str = "<base href=\"/\">";

/// The pages may load what comes from here, and nothing else; no script stands in a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// The pages under the prefix `root` (empty, or `/a/b`), for whatever no other route answers.
pub fn handler(root: &str) -> MethodRouter {
    let root: Arc<str> = root.into();
    get(answer).with_state(root)
}

async fn answer(
    State(root): State<Arc<str>>,
    OriginalUri(address): OriginalUri,
    asked: HeaderMap,
) -> Response {
    let below = address.path().strip_prefix(&*root).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(path) = below.map(|rest| rest.trim_start_matches('/')) else { return missing() };
    let asked = &asked;
    match path {
        "" | INDEX => page(&root, asked),
        _ => match Pages::get(path) {
            Some(_) if Encoding::of_name(path).is_some() => missing(),
            Some(file) => asset(path, file, asked),
            // An address within the pages, that somebody has kept or sent on.
            None if wants_page(asked) && !path.starts_with(HASHED) => page(&root, asked),
            None => missing(),
        },
    }
}

fn wants_page(asked: &HeaderMap) -> bool {
    let accept = asked.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html")
}

fn page(root: &str, asked: &HeaderMap) -> Response {
    let Some(index) = Pages::get(INDEX) else { return missing() };
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if root.is_empty() {
        let mut response = asset(INDEX, index, asked);
        response.headers_mut().insert(policy.0, policy.1);
        return response;
    }
    let moved = String::from_utf8_lossy(&index.data).replace(BASE, &format!("<base href=\"{root}/\">"));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let keep = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    ([(header::CONTENT_TYPE, kind), policy, keep], moved).into_response()
}

fn asset(path: &str, plain: EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag = tag(&plain);
    let keep = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common = [
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (header::ETAG, tag.clone()),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known
        .flat_map(|list| list.split(','))
        .any(|one| one.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = content_type(&plain);
    let (encoding, body) = best(path, plain, asked);
    let mut response = (common, [(header::CONTENT_TYPE, kind)], body).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

/// The smallest form of a file that the browser understands.
fn best(path: &str, plain: EmbeddedFile, asked: &HeaderMap) -> (Option<Encoding>, Cow<'static, [u8]>) {
    for encoding in Encoding::accepted(asked) {
        if let Some(file) = Pages::get(&format!("{path}{}", encoding.suffix())) {
            return (Some(encoding), file.data);
        }
    }
    (None, plain.data)
}

fn tag(file: &EmbeddedFile) -> HeaderValue {
    let digest: String =
        file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{digest}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn content_type(file: &EmbeddedFile) -> HeaderValue {
    let kind = file.metadata.mimetype();
    let is_text = kind.starts_with("text/") || kind.ends_with("javascript") || kind.ends_with("json");
    let kind = if is_text { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

fn missing() -> Response {
    const PLAIN: [(HeaderName, HeaderValue); 1] =
        [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
    (StatusCode::NOT_FOUND, PLAIN, "There is nothing at this address\n").into_response()
}
