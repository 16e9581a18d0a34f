//! Owns who may ask the media server what: the owner everything, a friend the sections shared with them, others nothing.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use crate::core::Sim;
use crate::http::{Caller, html, token_of};
use crate::world::World;

const OWNERS: [&str; 9] = [
    "/:/prefs",
    "/status/sessions",
    "/accounts",
    "/devices",
    "/statistics",
    "/butler",
    "/updater",
    "/myplex",
    "/transcode/sessions",
];

fn caller(world: &World, token: &str, path: &str) -> Result<Caller, StatusCode> {
    let open = path == "/identity" || path == "/web" || path.starts_with("/web/");
    let mut user = world.user_of_token(token);
    if token.starts_with("transient-") || (open && user.is_none()) {
        user = world.owner();
    }
    let user = user.filter(|user| user.is_active).ok_or(StatusCode::UNAUTHORIZED)?;
    if !user.is_owner && OWNERS.iter().any(|start| path.starts_with(start)) {
        return Err(StatusCode::FORBIDDEN);
    }
    let all = world.sections.iter().map(|section| section.id);
    let sections = if user.is_owner { all.collect() } else { user.shared_sections.iter().copied().collect() };
    Ok(Caller { user_id: user.user_id, sections })
}

/// The middleware: notes who asks, or refuses in HTML.
pub(super) async fn check(State(sim): State<Sim>, mut request: Request, next: Next) -> Response {
    let token = token_of(request.headers(), request.uri());
    let known = caller(&sim.core().world, &token, request.uri().path());
    match known {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(status) => html(status),
    }
}
