//! Owns where addresses are, and the faces of accounts.

use std::net::IpAddr;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::access::refusal;
use crate::core::Sim;
use crate::http::{Ask, json as reply};
use crate::node::Node;
use crate::pms::{elsewhere, show};

/// City, country code, continent, country, coordinates, postal code, region, time zone.
const CITIES: [[&str; 8]; 3] = [
    ["Oslo", "NO", "EU", "Norway", "59.91,10.75", "0150", "Oslo", "Europe/Oslo"],
    ["Quito", "EC", "SA", "Ecuador", "-0.18,-78.47", "", "Pichincha", "America/Guayaquil"],
    ["Perth", "AU", "OC", "Australia", "-31.95,115.86", "6000", "Western Australia", "Australia/Perth"],
];

fn city(address: IpAddr) -> [&'static str; 8] {
    let turn = match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    } % 3;
    let [first, second, third] = CITIES;
    match turn {
        0 => first,
        1 => second,
        _ => third,
    }
}

pub(super) async fn geoip(ask: Ask) -> Response {
    let Ok(address) = ask.get("ip_address").unwrap_or_default().parse::<IpAddr>() else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return reply(status, &refusal(1000, "Invalid IP address", status));
    };
    let text = address.to_string();
    if address.is_loopback() || text.starts_with("192.168.") || text.starts_with("10.") {
        let status = StatusCode::NOT_FOUND;
        return reply(status, &refusal(1000, "Not found", status));
    }
    let [city, code, continent, country, coordinates, postal, region, zone] = city(address);
    let node = Node::new("location").with_all([
        ("code", code),
        ("continent_code", continent),
        ("country", country),
        ("city", city),
        ("european_union_member", "0"),
        ("time_zone", zone),
        ("postal_code", postal),
        ("in_privacy_restricted_country", "0"),
        ("in_privacy_restricted_region", "0"),
        ("subdivisions", region),
        ("coordinates", coordinates),
    ]);
    ask.reply(&node)
}

pub(super) async fn ip(State(sim): State<Sim>) -> String {
    sim.core().world.server.public_address.clone()
}

pub(super) async fn avatar(State(sim): State<Sim>, Path(uuid): Path<String>) -> Response {
    show(&sim, elsewhere(&format!("/users/{uuid}/avatar")).sized(200, 200)).await
}
