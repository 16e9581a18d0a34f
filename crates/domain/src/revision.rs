//! Edits of the past: what was done to the history, by whom, and what an edit would do.

use crate::session::SessionRules;
use crate::{GroupId, PlayId, RevisionId};
use chrono::{DateTime, Duration, Utc};

/// How long an edit can be undone.
pub fn lifetime() -> Duration {
    Duration::days(30)
}

/// The most examples that a preview tells.
pub const MAX_EXAMPLES: i64 = 20;

/// What an edit was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionKind {
    /// Plays were deleted.
    Delete,
    /// Plays were put into groups anew.
    Regroup,
    /// Plays were given to other items.
    Rematch,
    /// The rules of what is watched, kept and grouped were changed.
    Rules,
}

impl RevisionKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Regroup => "regroup",
            Self::Rematch => "rematch",
            Self::Rules => "rules",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Delete, Self::Regroup, Self::Rematch, Self::Rules].into_iter().find(|kind| kind.name() == name)
    }
}

/// How many plays an edit concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Taken out of the history: deleted, or hidden because they are too short.
    pub removed: i64,
    /// Put back into it.
    pub restored: i64,
    /// Changed in it.
    pub changed: i64,
}

impl Counts {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub id: RevisionId,
    pub kind: RevisionKind,
    /// Who did it, by the name they came in with.
    pub made_by: String,
    pub made_at: DateTime<Utc>,
    /// One sentence for people.
    pub summary: String,
    pub counts: Counts,
    /// Until when it can be undone.
    pub expires_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
    pub undone_by: Option<String>,
}

/// One play before and after an edit. A group or quarters that are absent: the play is not in the history then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub play_id: PlayId,
    pub title: String,
    pub user_name: String,
    pub started_at: DateTime<Utc>,
    pub group_before: Option<GroupId>,
    pub group_after: Option<GroupId>,
    pub watched_quarters_before: Option<i16>,
    pub watched_quarters_after: Option<i16>,
    /// The title after the edit.
    pub title_after: String,
}

/// What an edit would do. Nothing has been changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    pub counts: Counts,
    /// Of the changed plays, how many get another group.
    pub regrouped: i64,
    /// Of the changed plays, how many get other quarters of the way to watched.
    pub rewatched: i64,
    /// At most [`MAX_EXAMPLES`], newest first.
    pub examples: Vec<Example>,
}

/// Rules as they stand and as they are to be.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleChange {
    pub before: SessionRules,
    pub after: SessionRules,
}
