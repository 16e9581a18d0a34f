//! Edits of the past that can be undone: previewed, carried out in one transaction, kept as revisions, taken back, purged.
//!
//! An edit plans first (a temporary table of plays and their fates), then carries the plan out. A preview plans and rolls
//! back, so that it cannot say anything else than what would happen. Must not know who may do it.

mod cells;
mod edit;
mod plan;
mod reach;
mod record;
mod tree;

pub(crate) use record::forget;
pub use record::{list, purge};
pub use tree::{SnapshotId, root_above, snapshots_under};

use crate::error::{DbError, DbResult};
use crate::history::Scope;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;
use serde_json::Value;
use tautulli_domain::media::ItemSnapshot;
use tautulli_domain::revision::{Preview, Revision, RevisionKind, RuleChange};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{Error, Result, RevisionId, ServerId};

/// Plays of some snapshots become plays of an item as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    pub old: Vec<SnapshotId>,
    pub new: ItemSnapshot,
}

/// Plays of one server that move to other items.
#[derive(Debug, Clone, Copy)]
pub struct Rematch<'a> {
    pub server_id: ServerId,
    pub moves: &'a [Move],
    /// How far moved plays got is judged by the length of their new items.
    pub rules: &'a SessionRules,
    /// Whether moved plays are grouped with others of their new items.
    pub regroups: bool,
    pub now: DateTime<Utc>,
}

/// An edit of the past.
#[derive(Debug, Clone, Copy)]
pub enum Edit<'a> {
    /// Deletes what a filter finds, play by play.
    Delete(Scope<'a>),
    /// Puts every play into the group that the rules want.
    Regroup(&'a SessionRules),
    /// Judges all plays by other rules.
    Rules(&'a RuleChange),
    /// Gives plays to other items.
    Rematch(Rematch<'a>),
}

impl Edit<'_> {
    fn kind(&self) -> RevisionKind {
        match self {
            Self::Delete(_) => RevisionKind::Delete,
            Self::Regroup(_) => RevisionKind::Regroup,
            Self::Rules(_) => RevisionKind::Rules,
            Self::Rematch(_) => RevisionKind::Rematch,
        }
    }
}

/// Who edits, when, and what is said about it.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub name: &'a str,
    pub now: DateTime<Utc>,
    pub summary: &'a str,
}

/// Settings that are stored with an edit: key and value.
pub type NewSettings<'a> = &'a [(&'a str, Value)];

/// What an edit would do; nothing is changed.
pub async fn preview(conn: &mut Conn, edit: Edit<'_>) -> Result<Preview> {
    let mut found = None;
    let rolled_back = conn
        .transaction(async |conn| -> DbResult<()> {
            reach::take_time(conn).await?;
            make_plan(conn, edit).await?;
            found = Some(plan::preview(conn).await?);
            Err(DbError(Error::conflict("a preview is rolled back")))
        })
        .await;
    match (found, rolled_back) {
        (Some(preview), _) => Ok(preview),
        (None, Err(failure)) => Err(failure.into()),
        (None, Ok(())) => Err(Error::internal("a preview found nothing to say")),
    }
}

/// Carries an edit out and stores settings with it; gives its revision, or `None` where there was nothing to do.
pub async fn carry_out(
    conn: &mut Conn,
    edit: Edit<'_>,
    author: Author<'_>,
    settings: NewSettings<'_>,
) -> Result<Option<Revision>> {
    let made = conn
        .transaction(async |conn| -> DbResult<Option<Revision>> {
            begin(conn).await?;
            make_plan(conn, edit).await?;
            let counts = plan::counts(conn).await?;
            if counts.is_empty() && settings.is_empty() {
                return Ok(None);
            }
            let before = record::exchange_settings(conn, settings, author.now).await?;
            let revision = record::insert(conn, edit.kind(), author, counts, before).await?;
            edit::apply(conn, Some(revision.id)).await?;
            Ok(Some(revision))
        })
        .await?;
    Ok(made)
}

/// Stores settings for what is to come, as a revision that touches no play.
pub async fn keep_settings(
    conn: &mut Conn,
    author: Author<'_>,
    settings: NewSettings<'_>,
) -> Result<Revision> {
    let made = conn
        .transaction(async |conn| -> DbResult<Revision> {
            let before = record::exchange_settings(conn, settings, author.now).await?;
            record::insert(conn, RevisionKind::Rules, author, Default::default(), before).await
        })
        .await?;
    Ok(made)
}

/// Takes a revision back: every play, group and sum is as it was before it.
///
/// # Errors
/// Not found; a conflict where it is undone or expired, where a later revision concerns the same plays, or where a play
/// of it has come into the history anew.
pub async fn undo(conn: &mut Conn, id: RevisionId, by: &str, now: DateTime<Utc>) -> Result<Revision> {
    let undone = conn
        .transaction(async |conn| -> DbResult<Revision> {
            begin(conn).await?;
            record::check_undoable(conn, id, now).await?;
            plan::begin(conn).await?;
            plan::undoing(conn, id).await?;
            edit::apply(conn, None).await?;
            record::restore_settings(conn, id, now).await?;
            record::mark_undone(conn, id, by, now).await
        })
        .await?;
    Ok(undone)
}

async fn begin(conn: &mut Conn) -> DbResult<()> {
    reach::take_time(conn).await?;
    reach::take_turn(conn).await?;
    reach::lock(conn).await
}

async fn make_plan(conn: &mut Conn, edit: Edit<'_>) -> DbResult<()> {
    plan::begin(conn).await?;
    match edit {
        Edit::Delete(scope) => plan::deletion(conn, scope).await,
        Edit::Regroup(rules) => plan::regrouping(conn, rules).await,
        Edit::Rules(change) => plan::rules(conn, change).await,
        Edit::Rematch(rematch) => plan::rematch(conn, rematch).await,
    }
}
