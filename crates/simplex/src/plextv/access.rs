//! Owns who may ask plex.tv: accounts with a token, and everyone for what needs none.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

use crate::core::Sim;
use crate::http::{Ask, Caller, json as reply, token_of, wants_json};
use crate::node::Node;

const OPEN: [&str; 7] =
    ["/api/v2/pins", "/__pin", "/pms/:/ip", "/:/ip", "/users/", "/api/v2/users/signin", "/api/downloads"];

/// An error as plex.tv gives it in JSON.
pub(super) fn refusal(code: u16, message: &str, status: StatusCode) -> Value {
    json!({ "errors": [{ "code": code, "message": message, "status": status.as_u16() }] })
}

fn refused(as_json: bool) -> Response {
    let (message, status) = ("User could not be authenticated", StatusCode::UNAUTHORIZED);
    if as_json {
        return reply(status, &refusal(1001, message, status));
    }
    let error = Node::new("error").with("code", 1001).with("message", message).with("status", 401);
    Ask::default().reply_as(status, &Node::new("errors").holding([error]))
}

/// The middleware: notes who asks, or refuses.
pub(super) async fn check(State(sim): State<Sim>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = OPEN.iter().any(|start| path.starts_with(start)) && !path.starts_with("/users/account");
    let token = token_of(request.headers(), request.uri());
    let caller = {
        let core = sim.core();
        let user = core.world.user_of_token(&token);
        let known = if open { user.or(core.world.owner()) } else { user.filter(|user| user.is_active) };
        known.map(|user| Caller {
            user_id: user.user_id,
            sections: user.shared_sections.iter().copied().collect(),
        })
    };
    match caller {
        Some(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        None => refused(wants_json(request.headers(), request.uri())),
    }
}
