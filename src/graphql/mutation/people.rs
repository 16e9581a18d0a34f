//! What the owner decides about users and libraries, and the log of sign-ins.

use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::input::{LibraryChoices, UserChoices};
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{Library, User};
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use tautulli_domain::{LibraryId, UserId, server};

#[derive(Default)]
pub(super) struct PeopleMutations;

/// The outcome of a decision about a user.
#[derive(SimpleObject)]
struct UserPayload {
    /// The user as they are now.
    user: Option<User>,
    /// Why nothing has changed.
    problem: Option<Problem>,
}

/// The outcome of a decision about a library.
#[derive(SimpleObject)]
struct LibraryPayload {
    /// The library as it is now.
    library: Option<Library>,
    /// Why nothing has changed.
    problem: Option<Problem>,
}

#[Object]
impl PeopleMutations {
    /// Changes what is chosen here about a user.
    #[graphql(guard = "Allow::Change")]
    async fn update_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user's id.")] id: ID,
        #[graphql(desc = "What changes.")] input: UserChoices,
    ) -> Result<UserPayload> {
        of_user(ctx.services()?.choices.about_user(user(&id)?, input.into()).await)
    }

    /// Hides a user, deletes their plays and keeps none from now on. The deletion is a revision; `undoRevision` takes it back.
    #[graphql(guard = "Allow::Change")]
    async fn delete_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user's id.")] id: ID,
    ) -> Result<UserPayload> {
        of_user(ctx.services()?.choices.delete_user(ctx.viewer()?, user(&id)?).await)
    }

    /// Shows a hidden user again and keeps their plays from now on.
    #[graphql(guard = "Allow::Change")]
    async fn undelete_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user's id.")] id: ID,
    ) -> Result<UserPayload> {
        of_user(ctx.services()?.choices.undelete_user(user(&id)?).await)
    }

    /// Changes what is chosen here about a library.
    #[graphql(guard = "Allow::Change")]
    async fn update_library(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The library's id.")] id: ID,
        #[graphql(desc = "What changes.")] input: LibraryChoices,
    ) -> Result<LibraryPayload> {
        of_library(ctx.services()?.choices.about_library(library(&id)?, input.into()).await)
    }

    /// Hides a library, deletes its plays and keeps none from now on. The deletion is a revision; `undoRevision` takes it back.
    #[graphql(guard = "Allow::Change")]
    async fn delete_library(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The library's id.")] id: ID,
    ) -> Result<LibraryPayload> {
        of_library(ctx.services()?.choices.delete_library(ctx.viewer()?, library(&id)?).await)
    }

    /// Shows a hidden library again and keeps its plays from now on.
    #[graphql(guard = "Allow::Change")]
    async fn undelete_library(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The library's id.")] id: ID,
    ) -> Result<LibraryPayload> {
        of_library(ctx.services()?.choices.undelete_library(library(&id)?).await)
    }

    /// Ends the browser sessions that these sign-ins began; tells how many.
    #[graphql(guard = "Allow::Change")]
    async fn end_sign_ins(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Numbers of entries in the log of sign-ins.")] row_ids: Vec<Long>,
    ) -> Result<Long> {
        let rows: Vec<i64> = row_ids.into_iter().map(|row| row.0).collect();
        let ended = ctx.services()?.access.end_sign_ins(&rows).await.gql()?;
        Ok(Long(i64::try_from(ended).unwrap_or(i64::MAX)))
    }

    /// Empties the log of sign-ins. Nobody is signed out.
    #[graphql(guard = "Allow::Change")]
    async fn clear_sign_ins(&self, ctx: &Context<'_>) -> Result<bool> {
        ctx.services()?.access.clear_sign_ins().await.gql()?;
        Ok(true)
    }
}

fn user(id: &ID) -> Result<UserId> {
    node::number(id, NodeKind::User).map(UserId)
}

fn library(id: &ID) -> Result<LibraryId> {
    node::number(id, NodeKind::Library).map(LibraryId)
}

fn of_user(result: tautulli_domain::Result<server::User>) -> Result<UserPayload> {
    Ok(match outcome(result)? {
        Ok(user) => UserPayload { user: Some(User(user.into())), problem: None },
        Err(problem) => UserPayload { user: None, problem: Some(problem) },
    })
}

fn of_library(result: tautulli_domain::Result<server::Library>) -> Result<LibraryPayload> {
    Ok(match outcome(result)? {
        Ok(library) => LibraryPayload { library: Some(Library(library.into())), problem: None },
        Err(problem) => LibraryPayload { library: None, problem: Some(problem) },
    })
}
