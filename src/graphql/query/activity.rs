//! What is now.

use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{self, Session, SessionEventOf};
use async_graphql::{Context, ID, Object, Result};
use tautulli_domain::glimpse::Glimpse;
use tautulli_domain::{Error, ServerId, SessionId};

#[derive(Default)]
pub(super) struct ActivityQueries;

#[Object]
impl ActivityQueries {
    /// Who watches what now.
    #[graphql(guard = "Allow::Watcher")]
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(
            desc = "For a guest: tell of the streams of others too, without who watches, where and on what. What is watched is told where it \
                    is of a library that is shared with the guest without a filter.",
            default = false
        )]
        others: bool,
    ) -> Result<object::Activity> {
        let server = server_id.map(|id| node::number(&id, NodeKind::Server)).transpose()?.map(ServerId);
        let services = ctx.services()?;
        let glimpse = services.people.glimpse(ctx.viewer()?, others).await.gql()?;
        Ok(object::Activity::new(&services.activity.snapshot(), &glimpse, server))
    }

    /// A running session; absent when it is over.
    #[graphql(guard = "Allow::Watcher")]
    async fn session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Session>> {
        session_by_id(ctx, SessionId(node::uuid(&id)?))
    }

    /// The timeline of a session, running or finished, oldest entry first.
    #[graphql(guard = "Allow::Viewer")]
    async fn session_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id, which its play carries too.")] session_id: ID,
    ) -> Result<Vec<SessionEventOf>> {
        let id = SessionId(node::uuid(&session_id)?);
        let services = ctx.services()?;
        let viewer = ctx.viewer()?;
        let running = session_by_id(ctx, id)?.map(|s| s.0.server_id);
        let server = match running {
            Some(server) => Some(server),
            None => services.history.play_of(viewer, id).await.gql()?.map(|play| play.server_id),
        };
        let server = server.ok_or_else(|| from_domain(&Error::not_found("That session")))?;
        let events = services.activity.timelines(&[id]).await.gql()?;
        Ok(events.iter().map(|(session, event)| SessionEventOf::new(*session, server, event)).collect())
    }
}

/// A running session that the viewer may see.
pub(super) fn session_by_id(ctx: &Context<'_>, id: SessionId) -> Result<Option<Session>> {
    let glimpse = Glimpse::own(ctx.viewer()?.clone());
    let snapshot = ctx.services()?.activity.snapshot();
    Ok(snapshot.session(id).and_then(|session| glimpse.of(session)).map(Session))
}
