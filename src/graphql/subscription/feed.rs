//! The stream behind every subscription: changes that the viewer may hear, and a word when some were missed.

use super::{Part, Shutdown};
use crate::graphql::context::ContextExt;
use async_graphql::{Context, Result};
use futures_util::{Stream, StreamExt, stream};
use std::sync::Arc;
use tautulli_domain::glimpse::Glimpse;
use tautulli_services::activity::Activity;
use tautulli_services::events::Change;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// What the feed gives.
pub(super) enum Told {
    Change(Arc<Change>),
    /// A slow listener has missed changes: look at the whole again.
    Missed,
}

/// Changes from now on as far as the glimpse reaches, until the service stops; none where only a snapshot is wanted.
pub(super) fn feed(ctx: &Context<'_>, glimpse: Arc<Glimpse>) -> Result<impl Stream<Item = Told> + use<>> {
    let changes = ctx.services()?.activity.subscribe();
    let shutdown = ctx.data::<Shutdown>()?.0.clone();
    match ctx.data_opt::<Part>() {
        Some(Part::Snapshot) => return Ok(stream::empty().left_stream()),
        Some(Part::Changes(listening)) => drop(listening.send_replace(true)),
        None => {}
    }
    Ok(receive(changes, glimpse).take_until(shutdown.cancelled_owned()).right_stream())
}

/// Whether a snapshot is to come before the changes.
pub(super) fn begins_with_snapshot(ctx: &Context<'_>) -> bool {
    !matches!(ctx.data_opt::<Part>(), Some(Part::Changes(_)))
}

fn receive(changes: broadcast::Receiver<Arc<Change>>, glimpse: Arc<Glimpse>) -> impl Stream<Item = Told> {
    stream::unfold((changes, glimpse), |(mut changes, glimpse)| async move {
        loop {
            match changes.recv().await {
                Ok(change) if matches!(*change, Change::Reset { .. }) => {
                    return Some((Told::Missed, (changes, glimpse)));
                }
                Ok(change) if Activity::may_hear(&glimpse, &change) => {
                    return Some((Told::Change(change), (changes, glimpse)));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some((Told::Missed, (changes, glimpse))),
                Err(RecvError::Closed) => return None,
            }
        }
    })
}
