//! Who may ask for a root field. Every root field carries one of these.

use super::context::ContextExt;
use super::error::from_domain;
use async_graphql::{Context, Guard, Result};

/// The viewer must have this power.
#[derive(Debug, Clone, Copy)]
pub(super) enum Allow {
    /// Strangers too: what is needed to come in.
    Anyone,
    /// Anyone who has proved who they are, keys that may only know what is watched now included.
    Watcher,
    /// Anyone who may read; services decide what they see.
    Viewer,
    /// Administrators without limits.
    Admin,
    /// Administrators whose key is not for reading alone.
    Change,
}

impl Guard for Allow {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let may = match self {
            Self::Anyone => true,
            Self::Watcher => ctx.viewer().map(|_| true)?,
            Self::Viewer => ctx.viewer()?.may_read(),
            Self::Admin => ctx.viewer()?.is_admin(),
            Self::Change => ctx.viewer()?.may_change(),
        };
        if may { Ok(()) } else { Err(from_domain(&tautulli_domain::Error::forbidden())) }
    }
}
