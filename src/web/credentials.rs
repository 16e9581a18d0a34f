//! What a request proves: a cookie, a key in a header or in the query. Decides nothing about what may be seen.

use axum::http::{HeaderMap, header};
use secrecy::SecretString;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, ErrorKind, Result};
use tautulli_services::access::{Access, Origin};

use crate::graphql::COOKIE;

/// A longer cookie is none of ours.
const MAX_SECRET: usize = 512;
const MAX_AGENT: usize = 300;

/// What came with a request.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// An API key, from `Authorization: Bearer`, `X-Api-Key` or `?apikey=`.
    pub key: Option<SecretString>,
    /// The browser session's cookie.
    pub cookie: Option<SecretString>,
}

impl Credentials {
    /// Reads headers, then the query's `apikey`.
    pub fn read(headers: &HeaderMap, query: Option<&str>) -> Self {
        let text =
            |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let bearer = text(header::AUTHORIZATION).and_then(|v| bearer(&v));
        let header = text(header::HeaderName::from_static("x-api-key"));
        let in_query = || {
            url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .find(|(name, _)| name == "apikey")
                .map(|(_, value)| value.into_owned())
        };
        let key = bearer.or(header).or_else(in_query).filter(|k| !k.is_empty());
        Self { key: key.map(Into::into), cookie: cookie(headers) }
    }

    /// A key from a websocket's first message: `apikey`, `authorization` or `x-api-key`, in any case.
    pub fn of_payload(payload: &serde_json::Value) -> Option<SecretString> {
        let fields = payload.as_object()?;
        fields.iter().find_map(|(name, value)| {
            let value = value.as_str()?;
            let key = match name.to_ascii_lowercase().as_str() {
                "apikey" | "api_key" | "x-api-key" => Some(value.to_owned()),
                "authorization" => bearer(value),
                _ => None,
            };
            key.filter(|k| !k.is_empty()).map(Into::into)
        })
    }

    /// Whether only a cookie speaks for the request, as for any page that a browser opens.
    pub fn is_browser(&self) -> bool {
        self.key.is_none() && self.cookie.is_some()
    }
}

fn bearer(value: &str) -> Option<String> {
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim().to_owned())
}

fn cookie(headers: &HeaderMap) -> Option<SecretString> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = values.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let found =
        pairs.find(|(name, value)| *name == COOKIE && !value.is_empty() && value.len() <= MAX_SECRET)?;
    Some(found.1.to_owned().into())
}

/// The one who checks what came.
#[derive(Debug, Clone)]
pub struct Gate {
    pub access: Arc<Access>,
    /// Believe `X-Forwarded-For` and `X-Forwarded-Proto`: a proxy of ours sets them.
    pub behind_proxy: bool,
    /// How often it is asked whether those who listen still may.
    pub vigil: Duration,
}

impl Gate {
    /// Waits until credentials make another viewer of what they made this one, or none: a key that was revoked, a guest who may come in no
    /// more. While nobody can tell, nothing has changed.
    pub async fn lapse(self, credentials: Credentials, viewer: Option<Viewer>) {
        let Some(viewer) = viewer else { return std::future::pending().await };
        loop {
            tokio::time::sleep(self.vigil).await;
            match self.viewer(&credentials).await {
                Ok(Some(now)) if now.sight() == viewer.sight() => {}
                Err(error) if error.kind() != ErrorKind::Unauthenticated => {}
                Ok(_) | Err(_) => return,
            }
        }
    }

    /// Who the credentials belong to; `None` where there are none. Wrong ones are an error.
    pub async fn viewer(&self, credentials: &Credentials) -> Result<Option<Viewer>> {
        if let Some(key) = &credentials.key {
            let viewer = self.access.by_key(key).await?;
            return viewer.map(Some).ok_or_else(Error::unauthenticated);
        }
        match &credentials.cookie {
            // A cookie that is over makes a stranger, who may sign in again.
            Some(cookie) => self.access.by_cookie(cookie).await,
            None => Ok(None),
        }
    }

    /// Where a request comes from.
    pub fn origin(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> Origin {
        let forwarded = self.behind_proxy.then(|| forwarded(headers)).flatten();
        let address = forwarded.or(peer.map(|p| p.ip())).map(|ip| ip.to_canonical().to_string());
        let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Origin {
            address: address.unwrap_or_default(),
            agent: agent.chars().filter(|c| !c.is_control()).take(MAX_AGENT).collect(),
        }
    }

    /// Whether the client speaks TLS, with us or with our proxy.
    pub fn is_secure(&self, headers: &HeaderMap) -> bool {
        self.behind_proxy && headers.get("x-forwarded-proto").is_some_and(|v| v == "https")
    }
}

/// The address nearest to us that our proxy has added.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    // A proxy that adds a line of its own adds it last.
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    fn key(credentials: &Credentials) -> Option<&str> {
        credentials.key.as_ref().map(|k| k.expose_secret())
    }

    #[test]
    fn keys_are_found_wherever_clients_put_them() {
        assert_eq!(key(&Credentials::read(&headers(&[("authorization", "Bearer abc")]), None)), Some("abc"));
        assert_eq!(
            key(&Credentials::read(&headers(&[("x-api-key", "abc")]), Some("apikey=other"))),
            Some("abc")
        );
        assert_eq!(key(&Credentials::read(&headers(&[]), Some("a=b&apikey=a%20c"))), Some("a c"));
        assert_eq!(key(&Credentials::read(&headers(&[("authorization", "Basic abc")]), None)), None);
        let payload = serde_json::json!({ "Authorization": "bearer abc" });
        assert_eq!(Credentials::of_payload(&payload).unwrap().expose_secret(), "abc");
        assert!(Credentials::of_payload(&serde_json::json!({ "apikey": 5 })).is_none());
    }

    #[test]
    fn the_cookie_is_one_of_many() {
        let found = Credentials::read(&headers(&[("cookie", "a=b; tautulli_session=xyz; c=d")]), None);
        assert_eq!(found.cookie.as_ref().map(|c| c.expose_secret()), Some("xyz"));
        assert!(found.is_browser());
        assert!(!format!("{found:?}").contains("xyz"));
    }
}
