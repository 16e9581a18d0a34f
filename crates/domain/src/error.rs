//! The one closed error type. An outer message for users, an inner one for logs; mapped once per boundary.

use std::fmt;

/// What went wrong, by what a caller may do about it. Reuse a variant unless a program must tell two cases apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The named thing does not exist, or the viewer may not know that it does.
    NotFound,
    /// The input is wrong; the message says how to mend it.
    Invalid,
    /// The state does not allow it (exists already, changed meanwhile).
    Conflict,
    /// The viewer is known and may not do this.
    Forbidden,
    /// The viewer is not known.
    Unauthenticated,
    /// Too many attempts; the message says when to come back.
    Limited,
    /// Plex or plex.tv refused, failed or answered nonsense.
    Upstream,
    /// A part of ourselves is not there now (database down, starting, stopping). Trying again may help.
    Unavailable,
    /// A fault of ours. The outer message never says more than that.
    Internal,
}

impl ErrorKind {
    /// The stable code that clients match on (`extensions.code` in GraphQL).
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Invalid => "INVALID",
            Self::Conflict => "CONFLICT",
            Self::Forbidden => "FORBIDDEN",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Limited => "LIMITED",
            Self::Upstream => "UPSTREAM",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A failure with two messages: `outer` may be shown to anyone, `inner` goes to the log only.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    outer: String,
    inner: Option<String>,
}

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure of `kind` whose `outer` message is fit for users.
    pub fn new(kind: ErrorKind, outer: impl Into<String>) -> Self {
        Self { kind, outer: outer.into(), inner: None }
    }

    /// The same failure with what the log should know in addition.
    pub fn because(mut self, inner: impl fmt::Display) -> Self {
        self.inner = Some(inner.to_string());
        self
    }

    pub fn not_found(what: impl fmt::Display) -> Self {
        Self::new(ErrorKind::NotFound, format!("{what} was not found"))
    }

    pub fn invalid(outer: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, outer)
    }

    pub fn conflict(outer: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conflict, outer)
    }

    pub fn forbidden() -> Self {
        Self::new(ErrorKind::Forbidden, "You may not do this")
    }

    pub fn unauthenticated() -> Self {
        Self::new(ErrorKind::Unauthenticated, "Sign in or send an API key")
    }

    pub fn upstream(outer: impl Into<String>) -> Self {
        Self::new(ErrorKind::Upstream, outer)
    }

    pub fn unavailable(outer: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unavailable, outer)
    }

    /// A fault of ours: users read a neutral sentence, the log reads `inner`.
    pub fn internal(inner: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Internal, "Something went wrong on our side; the log says more").because(inner)
    }

    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The message for users.
    pub fn outer(&self) -> &str {
        &self.outer
    }

    /// The message for logs, where it says more than the outer one.
    pub fn inner(&self) -> Option<&str> {
        self.inner.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Some(inner) => write!(f, "{} ({inner})", self.outer),
            None => f.write_str(&self.outer),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self}", self.kind.code())
    }
}

impl std::error::Error for Error {}
