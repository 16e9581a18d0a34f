//! The playing device.

use super::enums::Location;
use crate::graphql::scalar::{int, told};
use async_graphql::Object;
use std::sync::Arc;
use tautulli_domain as domain;

/// The playing device.
#[derive(Debug, Clone)]
pub(crate) struct Player(pub(crate) Arc<domain::Player>);

/// The playing device.
#[Object(serial)]
impl Player {
    /// Its name.
    async fn title(&self) -> Option<&str> {
        told(&self.0.title)
    }

    /// Plex's id of the device.
    async fn machine_id(&self) -> Option<&str> {
        told(&self.0.machine_id)
    }

    /// Kind of device.
    async fn device(&self) -> Option<&str> {
        told(&self.0.device)
    }

    /// Model.
    async fn model(&self) -> Option<&str> {
        told(&self.0.model)
    }

    /// Maker.
    async fn vendor(&self) -> Option<&str> {
        told(&self.0.vendor)
    }

    /// Operating system or browser.
    async fn platform(&self) -> Option<&str> {
        told(&self.0.platform)
    }

    /// Its version.
    async fn platform_version(&self) -> Option<&str> {
        told(&self.0.platform_version)
    }

    /// The Plex app.
    async fn product(&self) -> Option<&str> {
        told(&self.0.product)
    }

    /// Version of the app.
    async fn version(&self) -> Option<&str> {
        told(&self.0.version)
    }

    /// Client profile that the server uses.
    async fn profile(&self) -> Option<&str> {
        told(&self.0.profile)
    }

    /// Address as the server sees it.
    async fn address(&self) -> Option<&str> {
        told(&self.0.address)
    }

    /// Public address.
    async fn public_address(&self) -> Option<&str> {
        told(&self.0.public_address)
    }

    /// On the server's own network.
    async fn local(&self) -> bool {
        self.0.local
    }

    /// Through Plex's relay.
    async fn relayed(&self) -> bool {
        self.0.is_relayed()
    }

    /// Encrypted; absent where the server does not say.
    async fn secure(&self) -> Option<bool> {
        self.0.secure
    }

    /// Where it is.
    async fn location(&self) -> Location {
        self.0.location.into()
    }

    /// kbit/s reserved for the stream.
    async fn bandwidth(&self) -> Option<i32> {
        int(self.0.bandwidth)
    }
}
