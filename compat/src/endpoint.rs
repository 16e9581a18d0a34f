//! The endpoint: a request in, a response out.

use crate::answer::{Failure, Outcome};
use crate::backend::Backend;
use crate::commands::Call;
use crate::envelope::{Style, broken};
use crate::gate;
use crate::http::{Request, Response};
use crate::params::Params;
use serde_json::{Map, Value};

/// Answers a request to `/api/v2`.
pub async fn respond(backend: &dyn Backend, request: &Request) -> Response {
    let params = Params(&request.params);
    let style = Style::read(params).filter(|_| params.count("cmd") <= 1);
    let Some(style) = style else { return broken() };
    let outcome = run(backend, request).await.map_err(|failure| tell_twice(failure, params));
    if let Err(Failure::Fault(reason)) = &outcome {
        tracing::error!(command = params.get("cmd"), reason, "a legacy command failed");
    }
    style.write(outcome)
}

/// Where people come from is asked by programs that look for the error in the data.
fn tell_twice(failure: Failure, params: Params<'_>) -> Failure {
    match failure {
        Failure::Refused(Some(message)) if params.get("cmd") == Some("get_geoip_lookup") => {
            Failure::told(message)
        }
        other => other,
    }
}

async fn run(backend: &dyn Backend, request: &Request) -> Outcome {
    let pass = gate::check(backend, request).await?;
    pass.row.run(pass.client.as_deref().map(|client| Call { client, params: Params(&request.params) })).await
}

/// Answers a request to `/api` and `/api/v1`, which are no more.
pub fn moved() -> Response {
    let message = Some("Please use the /api/v2 endpoint.".to_owned());
    Style::Json.pack(200, "error", message, Value::Object(Map::new()))
}

/// Answers a request whose form cannot be read.
pub fn unreadable(request: &Request, why: &str) -> Response {
    let style = Style::read(Params(&request.params)).unwrap_or(Style::Json);
    style.write(Err(Failure::refused(format!("The request cannot be read: {why}"))))
}

/// Answers what could not be worked on at all: it took too long, or broke.
pub fn fault(request: &Request) -> Response {
    let style = Style::read(Params(&request.params)).unwrap_or(Style::Json);
    style.write(Err(Failure::Fault("not worked on".to_owned())))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod files;
