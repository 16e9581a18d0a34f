//! Editing the past. Each edit is a revision and can be undone for 30 days.

use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::error::from_domain;
use crate::graphql::guard::Allow;
use crate::graphql::input::{HistoryFilter, RematchInput, RuleScope, RulesInput};
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{EditPreview, Revision};
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use tautulli_domain::{Error, LibraryId, PlayId, RevisionId, ServerId, UserId, history, revision};
use tautulli_services::revisions::Match;

#[derive(Default)]
pub(super) struct RevisionMutations;

/// The outcome of an edit.
#[derive(SimpleObject, Default)]
struct EditPayload {
    /// The edit; absent where there was nothing to do, and for a preview.
    revision: Option<Revision>,
    /// What it would do, if only that was asked.
    preview: Option<EditPreview>,
    /// Why it was not done.
    problem: Option<Problem>,
}

impl EditPayload {
    fn done(result: tautulli_domain::Result<Option<revision::Revision>>) -> Result<Self> {
        Ok(match outcome(result)? {
            Ok(made) => Self { revision: made.map(Revision), ..Self::default() },
            Err(problem) => Self { problem: Some(problem), ..Self::default() },
        })
    }

    fn seen(result: tautulli_domain::Result<revision::Preview>) -> Result<Self> {
        Ok(match outcome(result)? {
            Ok(preview) => Self { preview: Some(preview.into()), ..Self::default() },
            Err(problem) => Self { problem: Some(problem), ..Self::default() },
        })
    }
}

#[Object]
impl RevisionMutations {
    /// Deletes plays: those named, or those that a filter finds.
    #[graphql(guard = "Allow::Change")]
    async fn delete_plays(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Plays by id.")] ids: Option<Vec<ID>>,
        #[graphql(desc = "Plays by row number. Numbers that no play has are passed over.")] row_ids: Option<
            Vec<Long>,
        >,
        #[graphql(desc = "Plays that a filter finds; it must have a condition.")] filter: Option<
            HistoryFilter,
        >,
    ) -> Result<EditPayload> {
        let filter = chosen(ids, row_ids, filter)?;
        let revisions = &ctx.services()?.revisions;
        EditPayload::done(revisions.delete(ctx.viewer()?, &filter).await)
    }

    /// Deletes all plays of a user, or all of a library.
    #[graphql(guard = "Allow::Change")]
    async fn delete_history_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user's id.")] user_id: Option<ID>,
        #[graphql(desc = "The library's id.")] library_id: Option<ID>,
    ) -> Result<EditPayload> {
        let (revisions, viewer) = (&ctx.services()?.revisions, ctx.viewer()?);
        EditPayload::done(match (user_id, library_id) {
            (Some(id), None) => {
                revisions.delete_of_user(viewer, UserId(node::number(&id, NodeKind::User)?)).await
            }
            (None, Some(id)) => {
                revisions.delete_of_library(viewer, LibraryId(node::number(&id, NodeKind::Library)?)).await
            }
            _ => Err(Error::invalid("Give either a user or a library")),
        })
    }

    /// Puts every play into the group that the rules in force want.
    #[graphql(guard = "Allow::Change")]
    async fn regroup_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only say what would change.", default)] preview: bool,
        #[graphql(
            desc = "Answer when it is done, rather than at once; the log says how it went then.",
            default = true
        )]
        wait: bool,
    ) -> Result<EditPayload> {
        let revisions = &ctx.services()?.revisions;
        if preview {
            return EditPayload::seen(revisions.preview_regrouping().await);
        }
        if !wait {
            revisions.regroup_aside(ctx.viewer()?);
            return Ok(EditPayload::default());
        }
        EditPayload::done(revisions.regroup(ctx.viewer()?).await)
    }

    /// Gives the plays of an item, and of all below it, to another item: episodes by season and number, tracks by album and
    /// number or by title. What has no counterpart keeps its own key, below the other item. How far moved plays got is judged by
    /// the length of what they became. Snapshots of plays are exchanged, never edited.
    #[graphql(guard = "Allow::Change")]
    async fn rematch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old and the new item.")] input: RematchInput,
        #[graphql(desc = "Only say what would change.", default)] preview: bool,
    ) -> Result<EditPayload> {
        let server = ServerId(node::number(&input.server_id, NodeKind::Server)?);
        let (old, new) = (input.old_rating_key.as_str(), input.new_rating_key.as_str());
        let wish = Match { server, old, new, keeps_groups: input.keep_groups.unwrap_or(false) };
        let revisions = &ctx.services()?.revisions;
        if preview {
            return EditPayload::seen(revisions.preview_rematch(wish).await);
        }
        EditPayload::done(revisions.rematch(ctx.viewer()?, wish).await)
    }

    /// Stores other rules of what is watched and kept, for the whole history or from now on. `previewRules` says first what
    /// would change. Plays that become too short are hidden, not deleted; other rules bring them back.
    #[graphql(guard = "Allow::Change")]
    async fn apply_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules.")] input: RulesInput,
        #[graphql(desc = "What they hold for.")] scope: RuleScope,
    ) -> Result<EditPayload> {
        let (revisions, viewer) = (&ctx.services()?.revisions, ctx.viewer()?);
        EditPayload::done(match scope {
            RuleScope::AllHistory => revisions.apply_rules(viewer, &input.into()).await,
            RuleScope::FromNowOn => revisions.keep_rules(viewer, &input.into()).await.map(Some),
        })
    }

    /// Takes an edit back: every play, group and sum is as it was before it.
    #[graphql(guard = "Allow::Change")]
    async fn undo_revision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The revision's id.")] id: ID,
    ) -> Result<EditPayload> {
        let id = RevisionId(node::number(&id, NodeKind::Revision)?);
        let revisions = &ctx.services()?.revisions;
        EditPayload::done(revisions.undo(ctx.viewer()?, id).await.map(Some))
    }
}

/// Exactly one way of naming plays.
fn chosen(
    ids: Option<Vec<ID>>,
    row_ids: Option<Vec<Long>>,
    filter: Option<HistoryFilter>,
) -> Result<history::HistoryFilter> {
    let plays = match (ids, row_ids, filter) {
        (Some(ids), None, None) => node::numbers(Some(ids), NodeKind::Play)?,
        (None, Some(rows), None) => rows.into_iter().map(|row| row.0).collect(),
        (None, None, Some(filter)) => return filter.into_domain(),
        _ => return Err(from_domain(&Error::invalid("Give either ids, or row numbers, or a filter"))),
    };
    let play_ids = plays.into_iter().map(PlayId).collect();
    Ok(history::HistoryFilter { play_ids, ..history::HistoryFilter::default() })
}
