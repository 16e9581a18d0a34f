//! The player of a session row and the road to it (ACT-19).

use crate::wire::Node;
use std::net::IpAddr;
use tautulli_domain::{Location, Player};

pub(super) fn read(row: &Node) -> Player {
    let nothing = Node::default();
    let player = row.child("Player").unwrap_or(&nothing);
    let session = row.child("Session").unwrap_or(&nothing);
    let address = plain_address(player.get("address").unwrap_or_default());
    let local = player.maybe_flag("local").unwrap_or_else(|| is_home(&address));
    Player {
        title: player.text("title"),
        machine_id: player.text("machineIdentifier"),
        device: player.text("device"),
        model: player.text("model"),
        vendor: player.text("vendor"),
        platform: player.text("platform"),
        platform_version: player.text("platformVersion"),
        product: player.text("product"),
        version: player.text("version"),
        profile: player.text("profile"),
        address,
        public_address: plain_address(player.get("remotePublicAddress").unwrap_or_default()),
        local,
        relayed: player.maybe_flag("relayed"),
        secure: player.maybe_flag("secure"),
        location: Location::parse(session.get("location").unwrap_or_default(), local),
        bandwidth: super::tracks::kbps(session, "bandwidth"),
    }
}

/// Without the prefix of an IPv4 address in IPv6 clothes.
fn plain_address(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(ip) => ip.to_canonical().to_string(),
        Err(_) => address.to_owned(),
    }
}

/// Old servers do not say whether a player is local. Loopback is no proof: relayed players come from there.
fn is_home(address: &str) -> bool {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => ip.is_unique_local() || ip.is_unicast_link_local(),
        Err(_) => false,
    }
}
