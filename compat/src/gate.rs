//! Who gets in, and which command they get.

use crate::answer::Failure;
use crate::backend::{Backend, Client};
use crate::http::Request;
use crate::params::{Params, truthy};
use crate::registry::{self, Row};

/// What is let through.
pub(crate) struct Pass {
    pub(crate) row: &'static Row,
    /// `None` for commands that are open to everyone.
    pub(crate) client: Option<Box<dyn Client>>,
}

/// Checks key and command, in the reference's order.
pub(crate) async fn check(backend: &dyn Backend, request: &Request) -> Result<Pass, Failure> {
    let params = Params(&request.params);
    let wanted = params.get("cmd");
    let row = wanted.and_then(registry::find);
    if let Some(row) = row.filter(|row| row.is_open()) {
        return Ok(Pass { row, client: None });
    }
    let client = authenticate(backend, request, params).await?;
    let known = registry::names().collect::<Vec<_>>().join(", ");
    match (wanted, row) {
        (_, Some(row)) => Ok(Pass { row, client: Some(client) }),
        (Some(name), None) if registry::is_pending(name) => {
            Err(Failure::refused(format!("The command {name} is not there yet.")))
        }
        (Some(name), None) => {
            Err(Failure::refused(format!("Unknown command: {name}. Possible commands are: {known}")))
        }
        (None, None) => {
            Err(Failure::refused(format!("Parameter cmd is required. Possible commands are: {known}")))
        }
    }
}

async fn authenticate(
    backend: &dyn Backend,
    request: &Request,
    params: Params<'_>,
) -> Result<Box<dyn Client>, Failure> {
    let key = params.get("apikey").or(request.api_key.as_deref());
    let key = key.ok_or_else(|| Failure::refused("Parameter apikey is required"))?;
    let invalid = || Failure::refused("Invalid apikey");
    // An app must show the token of its device; there are no devices yet, and a key does not stand in for one.
    if key.is_empty() || params.get("app").is_some_and(truthy) {
        return Err(invalid());
    }
    backend.authenticate(key).await?.ok_or_else(invalid)
}
