//! Who played it on what, and by which way it came.

use super::rows::Fact;
use tautulli_domain::{Location, Player};

pub(super) fn read(fact: Fact) -> Player {
    let flag = |number: Option<i64>| number.map(|number| number != 0);
    let local = fact.location == "lan";
    let location = Location::parse(&fact.location, local);
    Player {
        title: fact.player,
        machine_id: fact.machine_id,
        platform: fact.platform,
        platform_version: fact.platform_version,
        product: fact.product,
        version: fact.product_version,
        profile: fact.profile,
        address: fact.ip_address,
        local,
        relayed: flag(fact.relayed),
        secure: flag(fact.secure),
        location,
        bandwidth: fact.bandwidth,
        ..Player::default()
    }
}
