//! Acting on what is now.

use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::node;
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use tautulli_domain::SessionId;

#[derive(Default)]
pub(super) struct ActivityMutations;

/// The outcome of stopping a session.
#[derive(SimpleObject)]
struct TerminateSessionPayload {
    /// Whether the server was told to stop it.
    terminated: bool,
    /// Why it was not.
    problem: Option<Problem>,
}

#[Object]
impl ActivityMutations {
    /// Stops a session; its player shows the message. Needs Plex Pass.
    #[graphql(guard = "Allow::Change")]
    async fn terminate_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: ID,
        #[graphql(desc = "What the player shows, at most 500 characters.", default)] message: String,
    ) -> Result<TerminateSessionPayload> {
        let id = SessionId(node::uuid(&id)?);
        let problem = outcome(ctx.services()?.activity.terminate(id, &message).await)?.err();
        Ok(TerminateSessionPayload { terminated: problem.is_none(), problem })
    }

    /// Forgets sessions of servers that are watched no more; tells how many. Those of watched servers are true anyway.
    #[graphql(guard = "Allow::Change")]
    async fn forget_sessions(&self, ctx: &Context<'_>) -> Result<Long> {
        let forgotten = ctx.services()?.activity.forget_unwatched().await.gql()?;
        Ok(Long(i64::try_from(forgotten).unwrap_or(i64::MAX)))
    }
}
