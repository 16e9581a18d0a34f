//! Owns the addresses a player has, by the way it reaches the server.

use super::args::{Location, Start};
use crate::world::Device;

/// The player as this playback reaches the server.
pub(super) fn reached(mut device: Device, how: &Start) -> Device {
    if let Some(location) = how.location {
        let (word, local, relayed, address, public) = match location {
            Location::Lan => ("lan", true, false, "192.168.1.77", "203.0.113.7"),
            Location::Wan => ("wan", false, false, "198.51.100.23", "198.51.100.23"),
            Location::Cellular => ("cellular", false, false, "198.51.100.23", "198.51.100.23"),
            Location::Relay => ("wan", false, true, "127.0.0.1", "198.51.100.23"),
            Location::Ipv6 => ("wan", false, false, "2001:db8::77", "2001:db8::77"),
        };
        word.clone_into(&mut device.location);
        address.clone_into(&mut device.address);
        public.clone_into(&mut device.public_address);
        device.local = local;
        device.relayed = relayed;
    }
    device.relayed = how.relayed.unwrap_or(device.relayed);
    device.secure = how.secure.unwrap_or(device.secure);
    device
}
