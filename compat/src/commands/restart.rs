//! `restart`: the service is started again.

use super::Call;
use crate::answer::{Answer, Outcome};
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/restart.graphql");

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    call.change(DOCUMENT, json!({})).await?;
    Ok(Answer::said("Restarting Tautulli"))
}
