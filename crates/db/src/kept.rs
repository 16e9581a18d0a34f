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
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

/// Texts that filters put together. All their combinations are more than connections should keep, those that people ask for are few: the
/// first so many are kept, as long as the process runs.
pub(crate) struct FirstTexts {
    most: usize,
    known: Mutex<BTreeSet<u64>>,
}

impl FirstTexts {
    pub(crate) const fn new(most: usize) -> Self {
        Self { most, known: Mutex::new(BTreeSet::new()) }
    }

    /// Whether a text is among them; it is from now on, where there is room.
    pub(crate) fn have(&self, text: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let Ok(mut known) = self.known.lock() else { return false };
        known.contains(&hasher.finish()) || (known.len() < self.most && known.insert(hasher.finish()))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_texts_are_kept_and_no_others() {
        let texts = FirstTexts::new(2);
        assert!(texts.have("SELECT 1"));
        assert!(texts.have("SELECT 2"));
        assert!(!texts.have("SELECT 3"));
        assert!(texts.have("SELECT 1"), "what was kept stays so");
    }
}
