//! What is told as it happens.

mod activity;
mod feed;
mod import;
mod part;

pub use part::Part;

use async_graphql::MergedSubscription;
use tokio_util::sync::CancellationToken;

/// What is told as it happens.
#[derive(MergedSubscription, Default)]
pub struct Subscription(activity::ActivitySubscriptions, import::ImportSubscriptions);

/// Ends every subscription when the service stops.
pub(super) struct Shutdown(pub(super) CancellationToken);
