//! `delete_newsletter_log`: the imported log of newsletters is forgotten.

use super::{Call, FORGET};
use crate::answer::{Answer, Outcome};
use serde_json::json;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    call.client.execute(FORGET, json!({"table": "NEWSLETTER_LOG"})).await?;
    Ok(Answer::said("Cleared newsletter logs."))
}
