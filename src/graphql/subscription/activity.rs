//! Live activity: first the whole, then what changes.

use super::feed::{Told, begins_with_snapshot, feed};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{
    self, ActivityUpdate, Play, ServerChanged, Session, SessionEnded, SessionEventOf,
};
use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt, stream};
use std::sync::Arc;
use tautulli_domain::ServerId;
use tautulli_domain::glimpse::Glimpse;
use tautulli_domain::viewer::Viewer;
use tautulli_services::Services;
use tautulli_services::events::Change;

#[derive(Default)]
pub(super) struct ActivitySubscriptions;

#[Subscription]
impl ActivitySubscriptions {
    /// Who watches what: the whole at first, then every change. Whoever is too slow for the changes gets the whole again.
    #[graphql(guard = "Allow::Watcher")]
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(
            desc = "For a guest: tell of the streams of others too, as the query of this name does.",
            default = false
        )]
        others: bool,
    ) -> Result<impl Stream<Item = ActivityUpdate> + use<>> {
        let server = server_id.map(|id| node::number(&id, NodeKind::Server)).transpose()?.map(ServerId);
        let services = ctx.services()?.clone();
        let glimpse = Arc::new(services.people.glimpse(ctx.viewer()?, others).await.gql()?);
        // Listen first, look then: a change in between is heard twice, never missed.
        let changes = feed(ctx, glimpse.clone())?;
        let first = stream::iter(begins_with_snapshot(ctx).then(|| whole(&services, &glimpse, server)));
        let viewer = ctx.viewer()?.clone();
        let state = (changes.boxed(), glimpse, services, viewer);
        Ok(first.chain(stream::unfold(state, move |mut state| async move {
            loop {
                let (changes, glimpse, services, viewer) = &mut state;
                let update = match changes.next().await? {
                    Told::Missed => {
                        *glimpse = glance(services, viewer, others).await;
                        Some(whole(services, glimpse, server))
                    }
                    Told::Change(change) => update(&change, server, glimpse),
                };
                if let Some(update) = update {
                    return Some((update, state));
                }
            }
        })))
    }

    /// Entries of timelines as they are written.
    #[graphql(guard = "Allow::Watcher")]
    async fn session_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One session; all if it is absent.")] session_id: Option<ID>,
    ) -> Result<impl Stream<Item = SessionEventOf> + use<>> {
        let wanted = session_id.map(|id| node::uuid(&id)).transpose()?;
        Ok(feed(ctx, own(ctx)?)?.filter_map(move |told| {
            let entry = match &told {
                Told::Change(change) => match change.as_ref() {
                    Change::Event { server_id, session_id, event, .. }
                        if wanted.is_none_or(|wanted| wanted == session_id.0) =>
                    {
                        Some(SessionEventOf::new(*session_id, *server_id, event))
                    }
                    _ => None,
                },
                Told::Missed => None,
            };
            std::future::ready(entry)
        }))
    }

    /// Plays as they come into the history.
    #[graphql(guard = "Allow::Viewer")]
    async fn play_recorded(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Play> + use<>> {
        let services = ctx.services()?.clone();
        let viewer = ctx.viewer()?.clone();
        Ok(feed(ctx, own(ctx)?)?.filter_map(move |told| {
            let (services, viewer) = (services.clone(), viewer.clone());
            async move {
                let Told::Change(change) = told else { return None };
                let Change::Recorded { play_id, .. } = *change else { return None };
                match services.history.plays(&viewer, &[play_id]).await {
                    Ok(plays) => plays.into_iter().next().map(|play| Play(Arc::new(play))),
                    Err(failure) => {
                        tracing::warn!(%failure, play = %play_id, "a recorded play could not be read back");
                        None
                    }
                }
            }
        }))
    }
}

fn whole(services: &Services, glimpse: &Glimpse, server: Option<ServerId>) -> ActivityUpdate {
    ActivityUpdate::Activity(object::Activity::new(&services.activity.snapshot(), glimpse, server))
}

/// What the viewer may know by now: what is shared may be what has changed. Where nobody can tell, nothing of others is told.
async fn glance(services: &Services, viewer: &Viewer, others: bool) -> Arc<Glimpse> {
    let glimpse = services.people.glimpse(viewer, others).await.unwrap_or_else(|failure| {
        tracing::warn!(%failure, "what is shared with a guest could not be read");
        Glimpse::own(viewer.clone())
    });
    Arc::new(glimpse)
}

/// What the viewer may see, and nothing of others.
fn own(ctx: &Context<'_>) -> Result<Arc<Glimpse>> {
    Ok(Arc::new(Glimpse::own(ctx.viewer()?.clone())))
}

fn update(change: &Change, wanted: Option<ServerId>, glimpse: &Glimpse) -> Option<ActivityUpdate> {
    let here = |server: ServerId| wanted.is_none_or(|wanted| wanted == server);
    match change {
        Change::Session(session) if here(session.server_id) => {
            glimpse.of(session).map(|seen| ActivityUpdate::Session(Session(seen)))
        }
        Change::Ended { session, play_id } if here(session.server_id) => {
            let play_id = play_id.filter(|_| glimpse.of(session).is_some_and(|seen| !seen.is_masked()));
            Some(ActivityUpdate::Ended(SessionEnded::new(session.id, play_id)))
        }
        Change::Link { server_id, .. } if here(*server_id) => {
            Some(ActivityUpdate::Server(ServerChanged(*server_id)))
        }
        _ => None,
    }
}
