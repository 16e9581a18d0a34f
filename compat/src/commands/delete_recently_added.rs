//! `delete_recently_added`: which new items are known is forgotten.

use super::{Call, FORGET};
use crate::answer::{Answer, Outcome};
use serde_json::json;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    call.client.execute(FORGET, json!({"table": "RECENTLY_ADDED"})).await?;
    Ok(Answer::said("Recently added flushed."))
}
