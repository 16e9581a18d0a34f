//! Edits of the past, and what an edit would do.

use super::Play;
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::Long;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::revision;

/// What an edit of the past was.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "revision::RevisionKind")]
pub(crate) enum RevisionKind {
    /// Plays were deleted.
    Delete,
    /// Plays were put into groups anew.
    Regroup,
    /// Plays were given to other items.
    Rematch,
    /// The rules of what is watched and kept were changed.
    Rules,
}

/// An edit of the past.
pub(crate) struct Revision(pub(crate) revision::Revision);

/// An edit of the past. It stays here as a record when it can no longer be undone.
#[Object]
impl Revision {
    /// Its id here.
    async fn id(&self) -> ID {
        encode(NodeKind::Revision, self.0.id)
    }

    /// What it was.
    async fn kind(&self) -> RevisionKind {
        self.0.kind.into()
    }

    /// Who did it, by the name they came in with.
    async fn made_by(&self) -> &str {
        &self.0.made_by
    }

    /// When it was done.
    async fn made_at(&self) -> DateTime<Utc> {
        self.0.made_at
    }

    /// One sentence about it.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Plays that it took out of the history: deleted, or hidden because they are too short.
    async fn removed(&self) -> Long {
        Long(self.0.counts.removed)
    }

    /// Hidden plays that it put back into the history.
    async fn restored(&self) -> Long {
        Long(self.0.counts.restored)
    }

    /// Plays that it changed.
    async fn changed(&self) -> Long {
        Long(self.0.counts.changed)
    }

    /// Until when it can be undone.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// When it was undone; absent while it stands.
    async fn undone_at(&self) -> Option<DateTime<Utc>> {
        self.0.undone_at
    }

    /// Who undid it.
    async fn undone_by(&self) -> Option<&str> {
        self.0.undone_by.as_deref()
    }
}

/// What an edit would do. Nothing has been changed.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct EditPreview {
    /// Plays that would leave the history: deleted, or hidden because they are too short.
    removed: Long,
    /// Hidden plays that would come back.
    restored: Long,
    /// Plays that would change.
    changed: Long,
    /// Of the changed ones, how many would get another group.
    regrouped: Long,
    /// Of the changed ones, how many would get other quarters of the way to watched.
    rewatched: Long,
    /// At most 20 of them, newest first.
    examples: Vec<EditExample>,
}

impl From<revision::Preview> for EditPreview {
    fn from(preview: revision::Preview) -> Self {
        Self {
            removed: Long(preview.counts.removed),
            restored: Long(preview.counts.restored),
            changed: Long(preview.counts.changed),
            regrouped: Long(preview.regrouped),
            rewatched: Long(preview.rewatched),
            examples: preview.examples.into_iter().map(EditExample).collect(),
        }
    }
}

/// A play before and after an edit.
pub(crate) struct EditExample(revision::Example);

/// A play before and after an edit.
#[Object]
impl EditExample {
    /// The play's row number, which the legacy API calls row_id.
    async fn row_id(&self) -> Long {
        Long(self.0.play_id.0)
    }

    /// The play as it is; absent for one that is hidden.
    async fn play(&self, ctx: &Context<'_>) -> Result<Option<Play>> {
        Ok(ctx.loaders()?.play(self.0.play_id).await.gql()?.map(Play))
    }

    /// Its full title now.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its full title after the edit.
    async fn title_after(&self) -> &str {
        &self.0.title_after
    }

    /// Who played.
    async fn user_name(&self) -> &str {
        &self.0.user_name
    }

    /// When it began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// The number of its group now; absent while it is hidden.
    async fn group_row_id_before(&self) -> Option<Long> {
        self.0.group_before.map(|group| Long(group.0))
    }

    /// The number of its group after the edit; absent if it leaves the history.
    async fn group_row_id_after(&self) -> Option<Long> {
        self.0.group_after.map(|group| Long(group.0))
    }

    /// Quarters of the way to watched now, 0 to 4; absent while it is hidden.
    async fn watched_quarters_before(&self) -> Option<i32> {
        self.0.watched_quarters_before.map(Into::into)
    }

    /// Quarters of the way to watched after the edit, 0 to 4; absent if it leaves the history.
    async fn watched_quarters_after(&self) -> Option<i32> {
        self.0.watched_quarters_after.map(Into::into)
    }
}
