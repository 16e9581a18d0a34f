//! Calls over HTTP: one client, its TLS, its headers, its bounds and its retries. Knows no path and no meaning.

mod ask;
mod client;
mod tls;
mod transport;

pub(crate) use ask::{Ask, METADATA_LIMIT};
pub(crate) use transport::{Answer, Settings, Transport};

use secrecy::SecretString;
use std::time::Duration;
use url::Url;

/// How to reach a media server.
#[derive(Debug, Clone)]
pub struct Connection {
    /// `http` or `https`, with a path if the server sits behind one.
    pub url: Url,
    pub token: SecretString,
    /// Off accepts any certificate.
    pub verify_tls: bool,
    /// For a whole call; the connection itself gets five seconds of it.
    pub timeout: Duration,
}

impl Connection {
    /// With certificate checks and fifteen seconds for each call.
    pub fn new(url: Url, token: SecretString) -> Self {
        Self { url, token, verify_tls: true, timeout: client::DEFAULT_TIMEOUT }
    }
}

#[cfg(test)]
mod tests;
