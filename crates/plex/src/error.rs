//! What can go wrong between us and Plex, and the sentence that tells a user what to do. Never carries a token.

use std::fmt;
use tautulli_domain::{Error, ErrorKind};

/// Whom we spoke to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    MediaServer,
    PlexTv,
}

/// What went wrong, by what a program may do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// 401: the token is not (or no longer) good.
    TokenRefused,
    /// No connection: wrong address, server down, no route.
    Unreachable,
    TimedOut,
    /// The certificate is not trusted, or the other side speaks no TLS.
    Tls,
    /// Any other status that is no success.
    Status(u16),
    /// An answer that nobody can read.
    Malformed,
    /// An answer beyond the bounds.
    TooLarge,
    /// Our own input cannot be sent (an address that is none, a token with odd characters).
    Invalid,
}

/// A failed call. `detail` is for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PlexError {
    party: Party,
    problem: Problem,
    detail: String,
}

impl PlexError {
    pub(crate) fn new(party: Party, problem: Problem, detail: impl fmt::Display) -> Self {
        Self { party, problem, detail: detail.to_string() }
    }

    pub fn problem(&self) -> Problem {
        self.problem
    }

    pub fn party(&self) -> Party {
        self.party
    }

    /// Whether the same call may succeed in a moment.
    pub(crate) fn is_passing(&self) -> bool {
        match self.problem {
            Problem::Unreachable | Problem::TimedOut => true,
            Problem::Status(status) => status >= 500,
            _ => false,
        }
    }

    pub(crate) fn is_not_found(&self) -> bool {
        self.problem == Problem::Status(404)
    }

    /// What happened and what to do, fit for users.
    pub fn advice(&self) -> String {
        let who = self.party;
        match self.problem {
            Problem::TokenRefused => {
                format!("{who} refuses the Plex token. Give it a new one of the server's owner.")
            }
            Problem::Unreachable => {
                format!(
                    "{who} cannot be reached. Check that it runs and that its address and port are right."
                )
            }
            Problem::TimedOut => {
                format!(
                    "{who} did not answer in time. Check the address, or give it more time if it is busy."
                )
            }
            Problem::Tls => format!(
                "There is no trusted TLS connection to {}. Check whether the address needs http or https, use the \
                 plex.direct name of the certificate, or switch off certificate checks for this server.",
                who.object()
            ),
            Problem::Status(403) => {
                format!("{who} does not allow this. It may need the owner's token or Plex Pass.")
            }
            Problem::Status(404) => format!("{who} does not know what was asked for."),
            Problem::Status(429) => format!("{who} has had too many requests from us. Try again later."),
            Problem::Status(status) => {
                format!("{who} answered with an error (status {status}). Try again later.")
            }
            Problem::Malformed => {
                format!("{who} gave an answer that is not Plex's. Check that the address belongs to it.")
            }
            Problem::TooLarge => format!("{who} gave an answer larger than is sane."),
            Problem::Invalid => format!("The address or token of {} cannot be used.", who.object()),
        }
    }
}

impl Party {
    fn object(self) -> &'static str {
        match self {
            Self::MediaServer => "the media server",
            Self::PlexTv => "plex.tv",
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MediaServer => "The media server",
            Self::PlexTv => "plex.tv",
        })
    }
}

impl fmt::Display for PlexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.advice(), self.detail)
    }
}

impl fmt::Debug for PlexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.problem, self.detail)
    }
}

impl std::error::Error for PlexError {}

impl From<PlexError> for Error {
    fn from(error: PlexError) -> Self {
        let kind = match error.problem {
            Problem::Status(404) => ErrorKind::NotFound,
            Problem::Invalid => ErrorKind::Invalid,
            _ => ErrorKind::Upstream,
        };
        Self::new(kind, error.advice()).because(&error.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_read_what_to_do_and_logs_read_the_detail() {
        let error: Error = PlexError::new(Party::MediaServer, Problem::TokenRefused, "GET /: 401").into();
        assert_eq!(error.kind(), ErrorKind::Upstream);
        assert!(error.outer().contains("refuses the Plex token"), "{}", error.outer());
        assert_eq!(error.inner(), Some("GET /: 401"));
        let error: Error = PlexError::new(Party::MediaServer, Problem::Status(404), "x").into();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        let error: Error = PlexError::new(Party::PlexTv, Problem::Invalid, "x").into();
        assert_eq!(error.kind(), ErrorKind::Invalid);
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let passing = |problem| PlexError::new(Party::MediaServer, problem, "").is_passing();
        assert!(passing(Problem::Unreachable) && passing(Problem::TimedOut) && passing(Problem::Status(503)));
        assert!(!passing(Problem::TokenRefused) && !passing(Problem::Status(404)) && !passing(Problem::Tls));
    }
}
