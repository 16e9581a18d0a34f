//! `get_geoip_lookup`: where on earth an address is.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::IpAddr;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_geoip_lookup.graphql");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    geo_location: Option<Place>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Place {
    city: Option<String>,
    country_code: Option<String>,
    continent_code: Option<String>,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    postal_code: Option<String>,
    region: Option<String>,
    time_zone: Option<String>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let Some(address) = call.params.filled("ip_address") else {
        return Err(Failure::told("No IP address provided."));
    };
    if address.parse::<IpAddr>().is_err() {
        return Err(Failure::told(format!("Invalid IP address provided: {address}")));
    }
    let Data { geo_location } = call.ask(DOCUMENT, json!({"address": address})).await?;
    let unknown = || Failure::told(format!("Failed to lookup GeoIP info for address: {address}"));
    Ok(Answer::data(reshape(geo_location.ok_or_else(unknown)?)))
}

fn reshape(place: Place) -> Value {
    let Place {
        city,
        country_code,
        continent_code,
        country,
        latitude,
        longitude,
        postal_code,
        region,
        time_zone,
    } = place;
    json!({
        "city": city,
        "code": country_code,
        "continent": continent_code,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
        "postal_code": postal_code,
        "region": region,
        "timezone": time_zone,
        "accuracy": null,
    })
}
