//! Who played it on what, and by which way it came.

use super::rows::Fact;
use tautulli_domain::{Location, Player};

pub(super) fn read(fact: &Fact) -> Player {
    let flag = |number: Option<i64>| number.map(|number| number != 0);
    let local = fact.location == "lan";
    Player {
        title: fact.player.clone(),
        machine_id: fact.machine_id.clone(),
        platform: fact.platform.clone(),
        platform_version: fact.platform_version.clone(),
        product: fact.product.clone(),
        version: fact.product_version.clone(),
        profile: fact.profile.clone(),
        address: fact.ip_address.clone(),
        local,
        relayed: flag(fact.relayed),
        secure: flag(fact.secure),
        location: Location::parse(&fact.location, local),
        bandwidth: fact.bandwidth,
        ..Player::default()
    }
}
