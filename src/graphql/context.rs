//! The resolvers' world: who asks, the services, the loaders. The only place that reads the context's data.

use super::caller::Caller;
use super::error::from_domain;
use super::loader::{LoaderSlot, Loaders};
use async_graphql::{Context, Error, Result};
use std::sync::Arc;
use tautulli_domain::viewer::Viewer;
use tautulli_services::Services;

/// What resolvers reach the world through.
pub(super) trait ContextExt {
    /// Who asks and from where.
    fn caller(&self) -> Result<&Caller>;
    /// The viewer; an error for strangers.
    fn viewer(&self) -> Result<&Viewer>;
    fn services(&self) -> Result<&Services>;
    fn loaders(&self) -> Result<Arc<Loaders>>;
}

impl ContextExt for Context<'_> {
    fn caller(&self) -> Result<&Caller> {
        self.data_opt::<Caller>().ok_or_else(missing)
    }

    fn viewer(&self) -> Result<&Viewer> {
        let stranger = || from_domain(&tautulli_domain::Error::unauthenticated());
        self.data_opt::<Caller>().and_then(|caller| caller.viewer.as_ref()).ok_or_else(stranger)
    }

    fn services(&self) -> Result<&Services> {
        self.data_opt::<Services>().ok_or_else(missing)
    }

    fn loaders(&self) -> Result<Arc<Loaders>> {
        let slot = self.data_opt::<LoaderSlot>().ok_or_else(missing)?;
        let (services, viewer) = (self.services()?, self.viewer()?);
        Ok(slot.get_or_make(|| Loaders::new(services.clone(), viewer.clone())))
    }
}

fn missing() -> Error {
    from_domain(&tautulli_domain::Error::internal("the request carries no context"))
}
