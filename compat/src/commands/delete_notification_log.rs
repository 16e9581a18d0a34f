//! `delete_notification_log`: the imported log of notifications is forgotten.

use super::{Call, FORGET};
use crate::answer::{Answer, Outcome};
use serde_json::json;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    call.client.execute(FORGET, json!({"table": "NOTIFICATIONS"})).await?;
    Ok(Answer::said("Cleared notification logs."))
}
