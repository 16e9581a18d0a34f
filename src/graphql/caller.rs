//! Who asks and from where, as the transports put it into a request.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use tautulli_domain::viewer::Viewer;
use tautulli_services::access::Origin;

/// The name of the browser session's cookie.
pub const COOKIE: &str = "tautulli_session";

/// Who asks and from where.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// `None` for strangers.
    pub viewer: Option<Viewer>,
    pub origin: Origin,
    /// The browser session's cookie, if one came.
    pub cookie: Option<SecretString>,
    /// The request came over TLS: cookies are for TLS only from then on.
    pub secure: bool,
    /// The path that the service lives under, `/` or `/prefix`.
    pub path: String,
}

impl Caller {
    /// The header that keeps a browser signed in.
    pub(super) fn session_cookie(&self, token: &SecretString, expires_at: DateTime<Utc>) -> String {
        let expires = expires_at.format("%a, %d %b %Y %H:%M:%S GMT");
        self.cookie(token.expose_secret(), &format!("Expires={expires}"))
    }

    /// The header that makes a browser forget its session.
    pub(super) fn clearing_cookie(&self) -> String {
        self.cookie("", "Max-Age=0")
    }

    fn cookie(&self, value: &str, lifetime: &str) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        let path = if self.path.is_empty() { "/" } else { &self.path };
        format!("{COOKIE}={value}; {lifetime}; Path={path}; HttpOnly; SameSite=Lax{secure}")
    }
}
