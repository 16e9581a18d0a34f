//! A page of somebody else must not act with our cookie.

use crate::web::Credentials;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

/// Why a request is refused, if it is.
///
/// Whoever sends a key means it. A browser says where a request comes from; if that is another site, it is refused, with a
/// cookie or without (signing in is an act too). A GET with a cookie needs a sign that a script of ours sent it, because a
/// link could have.
pub(in crate::web) fn refusal(parts: &Parts, behind_proxy: bool) -> Option<&'static str> {
    let credentials = Credentials::read(&parts.headers, parts.uri.query());
    if credentials.key.is_some() {
        return None;
    }
    if is_foreign(&parts.headers, behind_proxy) {
        return Some("Requests from other sites are not taken; send an API key instead");
    }
    let simple = parts.method == Method::GET && !is_marked(&parts.headers);
    (credentials.is_browser() && simple)
        .then_some("Send the header X-Requested-By with requests by GET that rely on a cookie")
}

/// Whether a browser says that another site has sent this.
pub(super) fn is_foreign(headers: &HeaderMap, behind_proxy: bool) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return true;
    }
    let Some(origin) = text("origin") else { return false };
    let forwarded = behind_proxy.then(|| text("x-forwarded-host")).flatten();
    let Some(host) = forwarded.or(text(header::HOST.as_str())) else { return true };
    let named = origin.split_once("://").map(|(_, host)| host);
    // An origin that a browser hides ("null") is somebody else's.
    named.is_none_or(|named| !named.eq_ignore_ascii_case(host))
}

fn is_marked(headers: &HeaderMap) -> bool {
    ["x-requested-by", "apollo-require-preflight", "x-requested-with"]
        .iter()
        .any(|name| headers.contains_key(*name))
        || headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}
