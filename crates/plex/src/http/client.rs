//! The one place where an HTTP client is built.

use super::tls::{self, Alpn};
use crate::error::{Party, PlexError, Problem};
use reqwest::Client;
use reqwest::header::HeaderMap;
use reqwest::redirect::{Attempt, Policy};
use std::time::Duration;

pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const MAX_REDIRECTS: usize = 3;

/// A client for calls; `timeout` covers each from the connection to the last byte.
pub(super) fn calls(
    party: Party,
    headers: HeaderMap,
    verify_tls: bool,
    timeout: Duration,
) -> Result<Client, PlexError> {
    let tls = tls::config(verify_tls, Alpn::Any).map_err(|e| PlexError::new(party, Problem::Tls, e))?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .default_headers(headers)
        .connect_timeout(CONNECT_TIMEOUT.min(timeout))
        .timeout(timeout)
        .redirect(Policy::custom(stay_at_home))
        .build()
        .map_err(|e| PlexError::new(party, Problem::Invalid, e))
}

/// A client for connections that become sockets: HTTP/1.1 only, no time limit, no redirects.
pub(super) fn upgrades(party: Party, headers: HeaderMap, verify_tls: bool) -> Result<Client, PlexError> {
    let tls = tls::config(verify_tls, Alpn::Http1).map_err(|e| PlexError::new(party, Problem::Tls, e))?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .default_headers(headers)
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(Policy::none())
        .build()
        .map_err(|e| PlexError::new(party, Problem::Invalid, e))
}

/// Follows redirects only where the token may go: to the same host, never from https to http.
fn stay_at_home(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let allowed = attempt.previous().last().is_some_and(|from| {
        let to = attempt.url();
        from.host_str() == to.host_str() && !(from.scheme() == "https" && to.scheme() != "https")
    });
    if allowed && attempt.previous().len() <= MAX_REDIRECTS { attempt.follow() } else { attempt.stop() }
}
