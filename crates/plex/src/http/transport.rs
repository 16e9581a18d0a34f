//! Sends calls to one party: token, retries, bounded bodies, failures sorted.

use super::ask::Ask;
use super::client;
use crate::error::{Party, PlexError, Problem};
use crate::wire::{self, Node};
use crate::{Backoff, Identity};
use bytes::{Bytes, BytesMut};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use url::Url;

const RETRIES: u32 = 2;
const RETRY_BASE: Duration = Duration::from_millis(250);
const RETRY_CAP: Duration = Duration::from_secs(2);
const TOKEN_HEADER: &str = "x-plex-token";

/// A successful answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub content_type: String,
    pub body: Bytes,
}

/// What is the same in all calls to one party.
#[derive(Debug)]
pub(crate) struct Settings<'a> {
    pub party: Party,
    pub base: Url,
    pub token: Option<&'a SecretString>,
    pub verify_tls: bool,
    pub timeout: Duration,
    /// For the jitter of retries.
    pub seed: u64,
}

pub(crate) struct Transport {
    party: Party,
    base: Url,
    token: Option<HeaderValue>,
    calls: Client,
    upgrades: Client,
    timeout: Duration,
    retry_base: Duration,
    rng: Mutex<SmallRng>,
}

impl Transport {
    pub fn new(settings: Settings<'_>, identity: &Identity) -> Result<Self, PlexError> {
        let Settings { party, base, token, verify_tls, timeout, seed } = settings;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(PlexError::new(party, Problem::Invalid, "the address is neither http nor https"));
        }
        let headers = identity.headers();
        Ok(Self {
            party,
            base,
            token: token.map(|t| token_header(party, t)).transpose()?,
            calls: client::calls(party, headers.clone(), verify_tls, timeout)?,
            upgrades: client::upgrades(party, headers, verify_tls)?,
            timeout,
            retry_base: RETRY_BASE,
            rng: Mutex::new(SmallRng::seed_from_u64(seed)),
        })
    }

    #[cfg(test)]
    pub fn retry_at_once(mut self) -> Self {
        self.retry_base = Duration::ZERO;
        self
    }

    /// Asks and reads the answer as a tree.
    pub async fn tree(&self, ask: &Ask) -> Result<Node, PlexError> {
        let answer = self.fetch(ask).await?;
        wire::parse(&answer.body)
            .map_err(|e| self.error(Problem::Malformed, format_args!("{} {}: {e}", ask.method, ask.path)))
    }

    /// Asks; whatever is no 2xx is an error.
    pub async fn fetch(&self, ask: &Ask) -> Result<Answer, PlexError> {
        let mut backoff = Backoff::new(self.retry_base, RETRY_CAP);
        loop {
            let error = match self.attempt(ask).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if !ask.retried || !error.is_passing() || backoff.attempts() >= RETRIES {
                return Err(error);
            }
            let wait = backoff.next_wait(&mut *self.rng.lock().unwrap_or_else(PoisonError::into_inner));
            tracing::debug!(?error, ?wait, "trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Asks for a connection to be handed over, within the time of a call.
    pub async fn upgrade(&self, path: &str, headers: HeaderMap) -> Result<Response, PlexError> {
        let request = self.upgrades.get(self.address(path)).headers(headers).headers(self.token_headers());
        let response = tokio::time::timeout(self.timeout, request.send())
            .await
            .map_err(|_| self.error(Problem::TimedOut, format_args!("GET {path}")))?
            .map_err(|e| self.sort(path, e))?;
        match response.status() {
            StatusCode::SWITCHING_PROTOCOLS => Ok(response),
            status if status.is_success() => {
                Err(self
                    .error(Problem::Malformed, format_args!("GET {path}: no socket, but status {status}")))
            }
            status => Err(self.refusal("GET", path, status)),
        }
    }

    pub fn error(&self, problem: Problem, detail: impl std::fmt::Display) -> PlexError {
        PlexError::new(self.party, problem, detail)
    }

    async fn attempt(&self, ask: &Ask) -> Result<Answer, PlexError> {
        let mut request = self
            .calls
            .request(ask.method.clone(), self.address(&ask.path))
            .query(&ask.query)
            .header(ACCEPT, ask.accept);
        if ask.with_token {
            request = request.headers(self.token_headers());
        }
        let response = request.send().await.map_err(|e| self.sort(&ask.path, e))?;
        let status = response.status();
        if !status.is_success() {
            return Err(self.refusal(ask.method.as_str(), &ask.path, status));
        }
        let content_type =
            response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Ok(Answer { content_type: content_type.to_owned(), body: self.body(ask, response).await? })
    }

    async fn body(&self, ask: &Ask, mut response: Response) -> Result<Bytes, PlexError> {
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| self.sort(&ask.path, e))? {
            if body.len().saturating_add(chunk.len()) > ask.limit {
                return Err(self.error(
                    Problem::TooLarge,
                    format_args!("{} {}: more than {} bytes", ask.method, ask.path, ask.limit),
                ));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    /// The address of a path below the base, which may have a path of its own.
    fn address(&self, path: &str) -> Url {
        let mut address = self.base.clone();
        address.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        address
    }

    fn token_headers(&self) -> HeaderMap {
        self.token
            .iter()
            .map(|t| (reqwest::header::HeaderName::from_static(TOKEN_HEADER), t.clone()))
            .collect()
    }

    fn refusal(&self, method: &str, path: &str, status: StatusCode) -> PlexError {
        let problem = if status == StatusCode::UNAUTHORIZED {
            Problem::TokenRefused
        } else {
            Problem::Status(status.as_u16())
        };
        self.error(problem, format_args!("{method} {path}: status {}", status.as_u16()))
    }

    /// Sorts a failure of the client by its cause; its text loses the address, which has the query in it.
    fn sort(&self, path: &str, error: reqwest::Error) -> PlexError {
        let problem = if error.is_timeout() {
            Problem::TimedOut
        } else if is_tls(&error) {
            Problem::Tls
        } else if error.is_connect() || error.is_request() || error.is_body() {
            Problem::Unreachable
        } else {
            Problem::Malformed
        };
        let error = error.without_url();
        let mut detail = format!("{path}: {error}");
        let mut cause = error.source();
        while let Some(inner) = cause {
            detail.push_str(&format!(": {inner}"));
            cause = inner.source();
        }
        self.error(problem, detail)
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = self.base.host_str().unwrap_or_default();
        f.debug_struct("Transport").field("party", &self.party).field("host", &host).finish_non_exhaustive()
    }
}

fn token_header(party: Party, token: &SecretString) -> Result<HeaderValue, PlexError> {
    let mut value = HeaderValue::from_str(token.expose_secret().trim())
        .map_err(|_| PlexError::new(party, Problem::Invalid, "the token has characters that no token has"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether TLS is what failed, at whatever depth the client hides it.
fn is_tls(error: &reqwest::Error) -> bool {
    // Servers that speak no TLS often just hang up in the middle of its greeting.
    fn hung_up(error: &std::io::Error) -> bool {
        error.kind() == std::io::ErrorKind::UnexpectedEof
    }
    fn dig(error: &(dyn std::error::Error + 'static), connecting: bool) -> bool {
        let io = error.downcast_ref::<std::io::Error>();
        error.is::<rustls::Error>()
            || io.is_some_and(|e| connecting && hung_up(e))
            || io.and_then(std::io::Error::get_ref).is_some_and(|inner| dig(inner, connecting))
            || error.source().is_some_and(|inner| dig(inner, connecting))
    }
    error.source().is_some_and(|cause| dig(cause, error.is_connect()))
}
