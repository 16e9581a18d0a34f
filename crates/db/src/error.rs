//! Database failures as domain errors: mapped here and nowhere else.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use tautulli_domain::{Error, ErrorKind};

/// What users read while the database cannot answer.
const AWAY: &str = "The database is not available right now; try again in a moment";

/// A failure inside a statement or transaction; carries domain errors through diesel's transactions.
#[derive(Debug)]
pub struct DbError(pub Error);

impl From<DieselError> for DbError {
    fn from(failure: DieselError) -> Self {
        Self(from_diesel(&failure))
    }
}

impl From<Error> for DbError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<serde_json::Error> for DbError {
    fn from(failure: serde_json::Error) -> Self {
        Self(Error::internal(format!("stored JSON: {failure}")))
    }
}

impl From<DbError> for Error {
    fn from(failure: DbError) -> Self {
        failure.0
    }
}

/// The result of everything in this crate.
pub type DbResult<T> = Result<T, DbError>;

fn from_diesel(failure: &DieselError) -> Error {
    match failure {
        DieselError::NotFound => Error::not_found("That"),
        DieselError::DatabaseError(kind, info) => {
            let inner = format!("{kind:?}: {}", info.message());
            match kind {
                DatabaseErrorKind::UniqueViolation => {
                    Error::conflict("Something with these values exists already").because(inner)
                }
                DatabaseErrorKind::ForeignKeyViolation => {
                    Error::conflict("Something that this belongs to is gone or still in use").because(inner)
                }
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection => {
                    Error::unavailable(AWAY).because(inner)
                }
                _ if is_bad_value(info.message()) => Error::invalid(
                    "A value cannot be kept or compared: text must not contain the character NUL, and \
                                    numbers and days must be of this world",
                )
                .because(inner),
                _ if info.message().contains("No space left on device") => {
                    Error::unavailable("The disk that holds the database is full; free some space")
                        .because(inner)
                }
                _ if is_outage(info.message()) => Error::unavailable(AWAY).because(inner),
                _ => Error::internal(inner),
            }
        }
        DieselError::BrokenTransactionManager => Error::unavailable(AWAY).because(failure),
        other => Error::internal(other),
    }
}

/// Messages about values that no column can hold.
fn is_bad_value(message: &str) -> bool {
    const SIGNS: [&str; 4] = [
        "invalid byte sequence",
        "unsupported Unicode escape",
        "out of range",
        "cannot be converted to text",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// Messages of a server that goes, comes, is full or has cut us off; they carry no kind of their own.
fn is_outage(message: &str) -> bool {
    const SIGNS: [&str; 10] = [
        "connection closed",
        "terminating connection",
        "the database system is",
        "Connection refused",
        "error communicating with the server",
        "could not extend file",
        "statement timeout",
        "lock timeout",
        "too many clients",
        "recovery mode",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// A pool that gives no connection is a database that is away.
pub(crate) fn from_pool(failure: impl std::fmt::Display) -> Error {
    Error::unavailable(AWAY).because(failure)
}

/// Whether trying the same write again may succeed.
pub fn is_passing(error: &Error) -> bool {
    error.kind() == ErrorKind::Unavailable
}
