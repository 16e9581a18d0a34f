//! Statements that connections keep prepared.
//!
//! Diesel prepares anew whatever was written as text, as it cannot know how many different texts there are. Of what is said
//! with every play there are few, always the same; reading and planning them took half of the time that they take.
//!
//! Statements that are joined by `futures_util`'s `try_join!` are sent one after the other without waiting for answers, and
//! PostgreSQL carries them out in that order, each seeing what those before it did: the macro polls in order, and a connection
//! prepares and sends under one fair lock. (Tokio's macro of the same name begins at a place that changes.) The test of both writers holds the sums that follow against the plays.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A statement whose text is one of few.
#[derive(Debug, Clone)]
pub(crate) struct Kept<Q>(Q);

/// Says so.
pub(crate) trait Keep: Sized {
    fn kept(self) -> Kept<Self> {
        Kept(self)
    }
}

impl<Q: QueryFragment<Pg>> Keep for Q {}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Kept<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Known by its text.
impl<Q> QueryId for Kept<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}
