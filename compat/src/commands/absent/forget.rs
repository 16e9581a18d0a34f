//! Rows that an import has brought are deleted: one by one, or all of a kind.

use super::{column, rows};
use crate::answer::{Answer, Failure, Outcome};
use crate::commands::{Call, FORGET};
use crate::params::whole;
use serde_json::{Value, json};

pub(crate) async fn export(call: Call<'_>) -> Outcome {
    if call.params.switch("delete_all", false) {
        call.client.execute(FORGET, json!({"table": "EXPORTS"})).await?;
        return Ok(Answer::said("All exports deleted successfully."));
    }
    one(&call, "export_id", "EXPORTS", "Export deleted successfully.", "Failed to delete export.").await
}

pub(crate) async fn notifier(call: Call<'_>) -> Outcome {
    let (done, failed) = ("Notifier deleted successfully.", "Failed to delete notifier.");
    one(&call, "notifier_id", "NOTIFIERS", done, failed).await
}

pub(crate) async fn newsletter(call: Call<'_>) -> Outcome {
    let (done, failed) = ("Newsletter deleted successfully.", "Failed to delete newsletter.");
    one(&call, "newsletter_id", "NEWSLETTERS", done, failed).await
}

/// A device has a number here, and an identifier of its own.
pub(crate) async fn device(call: Call<'_>) -> Outcome {
    let (done, failed) = ("Deleted mobile device.", "Failed to delete device.");
    let named = call.params.filled("device_id").filter(|_| call.params.filled("mobile_device_id").is_none());
    let Some(name) = named else { return one(&call, "mobile_device_id", "DEVICES", done, failed).await };
    let found = rows(&call, json!({"table": "DEVICES", "offset": 0})).await?.rows;
    let of_name = found.iter().filter(|row| column(row, "device_id").as_str() == Some(name));
    let ids: Vec<Value> = of_name.map(|row| column(row, "row_id")).collect();
    call.client.execute(FORGET, json!({"table": "DEVICES", "ids": ids})).await?;
    Ok(Answer::said(done))
}

/// What is not there is as good as deleted.
async fn one(call: &Call<'_>, parameter: &str, table: &str, done: &'static str, failed: &str) -> Outcome {
    let id = call.params.filled(parameter).and_then(whole).ok_or_else(|| Failure::refused(failed))?;
    call.client.execute(FORGET, json!({"table": table, "ids": [id]})).await?;
    Ok(Answer::said(done))
}
