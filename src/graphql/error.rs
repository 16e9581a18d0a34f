//! Domain errors as GraphQL errors: the outer message and a stable code; the inner message goes to the log.

use async_graphql::{Error, ErrorExtensionValues, ErrorExtensions, ServerError};
use std::sync::Arc;
use tautulli_domain::ErrorKind;

/// Maps an error. Only this function decides what a client reads.
pub fn from_domain(error: &tautulli_domain::Error) -> Error {
    match error.kind() {
        ErrorKind::Internal => tracing::error!(%error, "a request failed"),
        ErrorKind::Unavailable | ErrorKind::Upstream => tracing::warn!(%error, "a request failed"),
        _ => {}
    }
    Error::new(error.outer()).extend_with(|_, extensions| extensions.set("code", error.kind().code()))
}

/// What is wrong with a question that cannot be run.
pub(super) fn invalid(why: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(why, None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", ErrorKind::Invalid.code());
    error.extensions = Some(extensions);
    error
}

/// Lets resolvers say `.gql()?`.
pub(super) trait Gql<T> {
    fn gql(self) -> async_graphql::Result<T>;
}

impl<T> Gql<T> for Result<T, Arc<tautulli_domain::Error>> {
    fn gql(self) -> async_graphql::Result<T> {
        self.map_err(|error| from_domain(&error))
    }
}

impl<T> Gql<T> for tautulli_domain::Result<T> {
    fn gql(self) -> async_graphql::Result<T> {
        self.map_err(|error| from_domain(&error))
    }
}
