//! `get_whois_lookup`: whose network an address belongs to.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::IpAddr;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_whois_lookup.graphql");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    network_owner: Owner,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Owner {
    problem: Option<String>,
    networks: Vec<Network>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Network {
    name: Option<String>,
    range: Option<String>,
    description: Option<String>,
    country: Option<String>,
    city: Option<String>,
    state: Option<String>,
    postal_code: Option<String>,
    address: Option<String>,
}

const NOBODY: &str = "Not available";

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let address = call.params.get("ip_address").unwrap_or_default();
    if address.parse::<IpAddr>().is_err() {
        let error = format!("Invalid IP address provided: {address}.");
        return Ok(Answer::data(json!({"host": NOBODY, "nets": [], "error": error})));
    }
    let Data { network_owner } = call.ask(DOCUMENT, json!({"address": address})).await?;
    let Owner { problem, networks } = network_owner;
    let mut answer = json!({
        "host": NOBODY,
        "nets": networks.into_iter().map(reshape).collect::<Vec<_>>(),
    });
    if let (Some(problem), Some(fields)) = (problem, answer.as_object_mut()) {
        fields.insert("error".to_owned(), problem.into());
    }
    Ok(Answer::data(answer))
}

fn reshape(network: Network) -> Value {
    let Network { name, range, description, country, city, state, postal_code, address } = network;
    json!({
        "name": name,
        "range": range,
        "cidr": range,
        "description": description,
        "country": country,
        "city": city,
        "state": state,
        "postal_code": postal_code,
        "address": address,
    })
}
