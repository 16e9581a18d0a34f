//! What can be done. Expected failures of a mutation are part of its answer; errors are for access, bad input and faults.

mod access;
mod activity;
mod import;
mod people;
mod revision;
mod server;
mod upkeep;

use async_graphql::MergedObject;

/// What can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    access::AccessMutations,
    activity::ActivityMutations,
    import::ImportMutations,
    people::PeopleMutations,
    revision::RevisionMutations,
    server::ServerMutations,
    upkeep::UpkeepMutations,
);

/// An expected failure, fit for users.
#[derive(async_graphql::SimpleObject, Debug, Clone)]
struct Problem {
    /// What a program may act on: NOT_FOUND, INVALID, CONFLICT, UPSTREAM, LIMITED.
    code: String,
    /// What happened and what to do.
    message: String,
}

/// Splits failures: what the user can mend is part of the answer, the rest is an error.
fn outcome<T>(result: tautulli_domain::Result<T>) -> async_graphql::Result<Result<T, Problem>> {
    use tautulli_domain::ErrorKind::{Conflict, Invalid, Limited, NotFound, Upstream};
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error) if matches!(error.kind(), NotFound | Invalid | Conflict | Upstream | Limited) => {
            Ok(Err(Problem { code: error.kind().code().to_owned(), message: error.outer().to_owned() }))
        }
        Err(error) => Err(super::error::from_domain(&error)),
    }
}
