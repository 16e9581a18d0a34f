//! The playing device.

use async_graphql::SimpleObject;
use tautulli_domain as domain;

use super::enums::Location;
use crate::graphql::scalar::{int, said};

/// The playing device.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Player {
    /// Its name.
    title: Option<String>,
    /// Plex's id of the device.
    machine_id: Option<String>,
    /// Kind of device.
    device: Option<String>,
    /// Model.
    model: Option<String>,
    /// Maker.
    vendor: Option<String>,
    /// Operating system or browser.
    platform: Option<String>,
    /// Its version.
    platform_version: Option<String>,
    /// The Plex app.
    product: Option<String>,
    /// Version of the app.
    version: Option<String>,
    /// Client profile that the server uses.
    profile: Option<String>,
    /// Address as the server sees it.
    address: Option<String>,
    /// Public address.
    public_address: Option<String>,
    /// On the server's own network.
    local: bool,
    /// Through Plex's relay.
    relayed: bool,
    /// Encrypted; absent where the server does not say.
    secure: Option<bool>,
    /// Where it is.
    location: Location,
    /// kbit/s reserved for the stream.
    bandwidth: Option<i32>,
}

impl From<&domain::Player> for Player {
    fn from(value: &domain::Player) -> Self {
        Self {
            title: said(&value.title),
            machine_id: said(&value.machine_id),
            device: said(&value.device),
            model: said(&value.model),
            vendor: said(&value.vendor),
            platform: said(&value.platform),
            platform_version: said(&value.platform_version),
            product: said(&value.product),
            version: said(&value.version),
            profile: said(&value.profile),
            address: said(&value.address),
            public_address: said(&value.public_address),
            local: value.local,
            relayed: value.is_relayed(),
            secure: value.secure,
            location: value.location.into(),
            bandwidth: int(value.bandwidth),
        }
    }
}
