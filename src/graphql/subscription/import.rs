//! How far an import has got.

use super::{Part, Shutdown};
use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::Import;
use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt, stream};
use std::sync::Arc;
use tautulli_services::importer::{Asked, Status};
use tokio::sync::watch;

#[derive(Default)]
pub(super) struct ImportSubscriptions;

#[Subscription]
impl ImportSubscriptions {
    /// An import or a preview as it stands, then after every portion of rows until it ends. One that runs in another process, as the
    /// command line's does, is looked at once a second.
    #[graphql(guard = "Allow::Admin")]
    async fn import_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<impl Stream<Item = Import> + use<>> {
        let number = node::number(&id, NodeKind::Import)?;
        let importer = &ctx.services()?.importer;
        let changes = importer.watch(number);
        let now = importer.find(number).await.gql()?;
        let elsewhere = match &now {
            Some(Asked::Begun(record)) if changes.is_none() => {
                Some(importer.follow_elsewhere((**record).clone()))
            }
            _ => None,
        };
        let now = now.map(Import::from);
        let shutdown = ctx.data::<Shutdown>()?.0.clone();
        let changes = stream::iter(changes).flat_map(until_over);
        let elsewhere =
            stream::iter(elsewhere).flatten().map(|record| Import::from(Asked::Begun(Box::new(record))));
        let changes = changes.chain(elsewhere);
        let (first, changes) = match ctx.data_opt::<Part>() {
            Some(Part::Snapshot) => (now, None),
            Some(Part::Changes(listening)) => {
                listening.send_replace(true);
                (None, Some(changes))
            }
            None => (now, Some(changes)),
        };
        let changes = stream::iter(changes).flatten();
        Ok(stream::iter(first).chain(changes).take_until(shutdown.cancelled_owned()))
    }
}

/// What is told up to the last word, which is told too.
fn until_over(status: watch::Receiver<Arc<Status>>) -> impl Stream<Item = Import> {
    stream::unfold((status, false), |(mut status, over)| async move {
        if over || status.changed().await.is_err() {
            return None;
        }
        let now = status.borrow_and_update().clone();
        Some((Import::told(&now), (status, now.is_over())))
    })
}
