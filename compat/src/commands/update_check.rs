//! `update_check`: refused: the service does not look for releases of itself.

use super::Call;
use crate::answer::{Failure, Outcome};
use serde_json::json;

pub(crate) async fn run(_: Call<'_>) -> Outcome {
    let message = "This service does not look for newer releases of itself.".to_owned();
    Err(Failure::RefusedWith(Some(message), json!({"update": null})))
}
