//! Owns pins: an application asks for one, a person approves it, the application finds a token in it.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::access::refusal;
use super::{accounts::form, stamp};
use crate::core::Sim;
use crate::director::Director;
use crate::http::{Ask, json as reply, missing};
use crate::node::Node;

/// How long a pin lives, in simulated seconds.
const LIFE: i64 = 1800;
/// How many pins are kept.
const KEPT: usize = 10_000;

#[derive(Debug, Clone)]
struct Pin {
    code: String,
    token: Option<String>,
    made: i64,
}

/// The pins there are.
#[derive(Debug, Default)]
pub(crate) struct Pins(BTreeMap<u64, Pin>);

impl Pins {
    /// The number of the pin with a code.
    pub(crate) fn number(&self, code: &str) -> Option<u64> {
        self.0.iter().find(|(_, pin)| pin.code == code).map(|(number, _)| *number)
    }

    /// Puts a token into a pin; answers whether there is such a pin.
    pub(crate) fn approve(&mut self, id: u64, token: String) -> bool {
        self.0.get_mut(&id).map(|pin| pin.token = Some(token)).is_some()
    }
}

fn answer(ask: &Ask, status: StatusCode, id: u64, pin: &Pin) -> Response {
    let product = ask.header("x-plex-product").unwrap_or_default();
    let client = ask.header("x-plex-client-identifier").unwrap_or_default();
    let (code, made, ends) = (&pin.code, stamp(pin.made), stamp(pin.made + LIFE));
    let qr = format!("https://plex.tv/api/v2/pins/qr/{code}");
    if ask.json {
        let body = json!({
            "id": id,
            "code": code,
            "product": product,
            "trusted": false,
            "qr": qr,
            "clientIdentifier": client,
            "expiresIn": LIFE,
            "createdAt": made,
            "expiresAt": ends,
            "authToken": pin.token,
            "newRegistration": null,
        });
        return reply(status, &body);
    }
    let node = Node::new("pin")
        .with("id", id)
        .with("code", code)
        .with("product", product)
        .with("trusted", false)
        .with("qr", qr)
        .with("clientIdentifier", client)
        .with("expiresIn", LIFE)
        .with("createdAt", made)
        .with("expiresAt", ends)
        .with("authToken", pin.token.as_deref().unwrap_or_default())
        .with("newRegistration", "");
    ask.reply_as(status, &node)
}

pub(super) async fn create(State(sim): State<Sim>, ask: Ask, body: Bytes) -> Response {
    let asked = ask.get("strong") == Some("true");
    let strong = asked || form(&body).iter().any(|(name, value)| name == "strong" && value == "true");
    let mut core = sim.core();
    let id = u64::try_from(core.dice.between(100_000_000, 999_999_999)).unwrap_or(100_000_000);
    let code = if strong {
        core.dice.word(b"abcdefghijklmnopqrstuvwxyz0123456789", 25)
    } else {
        core.dice.word(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 4)
    };
    let pin = Pin { code, token: None, made: core.clock.seconds() };
    if core.pins.0.len() >= KEPT {
        core.pins.0.pop_first();
    }
    core.pins.0.insert(id, pin.clone());
    answer(&ask, StatusCode::CREATED, id, &pin)
}

pub(super) async fn poll(State(sim): State<Sim>, Path(id): Path<String>, ask: Ask) -> Response {
    let core = sim.core();
    let now = core.clock.seconds();
    let known = id.parse().ok().and_then(|id: u64| Some((id, core.pins.0.get(&id)?)));
    match known.filter(|(_, pin)| now - pin.made <= LIFE) {
        Some((id, pin)) => answer(&ask, StatusCode::OK, id, pin),
        None => {
            let status = StatusCode::NOT_FOUND;
            reply(status, &refusal(1020, "Code not found or expired", status))
        }
    }
}

/// The person approves, as `?user=<id>` or as the owner.
pub(super) async fn approve(State(sim): State<Sim>, Path(id): Path<u64>, ask: Ask) -> Response {
    let user = ask.given("user").and_then(|id| id.parse().ok());
    match Director::new(sim).approve_pin(id, user) {
        Ok(()) => StatusCode::OK.into_response(),
        Err(_) => missing(),
    }
}
