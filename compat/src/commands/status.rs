//! `status`: whether the service works, and on request the database.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde_json::json;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    if call.params.get("check") != Some("database") {
        return Ok(Answer::said("Ok"));
    }
    match call.server().await {
        Ok(_) => Ok(Answer::Data {
            message: Some("Database ok".to_owned()),
            data: json!({"integrity_check": "ok"}),
        }),
        Err(Failure::Fault(reason)) => {
            tracing::error!(reason, "the database check failed");
            Err(Failure::refused("Database not ok"))
        }
        Err(refused) => Err(refused),
    }
}
