//! Who may ask for a root field. Every root field carries one of these.

use super::context::ContextExt;
use super::error::from_domain;
use async_graphql::{Context, Guard, Result};

/// The viewer must have this power.
#[derive(Debug, Clone, Copy)]
pub(super) enum Allow {
    /// Strangers too: what is needed to come in.
    Anyone,
    /// Anyone who has proved who they are; services decide what they see.
    Viewer,
    Admin,
}

impl Guard for Allow {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        match self {
            Self::Anyone => Ok(()),
            Self::Viewer => ctx.viewer().map(|_| ()),
            Self::Admin if ctx.viewer()?.is_admin() => Ok(()),
            Self::Admin => Err(from_domain(&tautulli_domain::Error::forbidden())),
        }
    }
}
