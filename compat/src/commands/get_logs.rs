//! `get_logs`: entries of the log.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::whole;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_logs.graphql");
const MOST: i64 = 10_000;
/// What entries may be ordered by, and what the schema calls it.
const ORDERS: [(&str, &str); 5] =
    [("", "TIME"), ("time", "TIME"), ("thread", "TARGET"), ("msg", "MESSAGE"), ("loglevel", "LEVEL")];

#[derive(Deserialize)]
struct Data {
    logs: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    at: Option<DateTime<Utc>>,
    level: String,
    target: Option<String>,
    message: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let sort = call.params.get("sort").unwrap_or_default();
    let order = ORDERS.iter().find(|(name, _)| *name == sort);
    let (_, order) = order.ok_or_else(|| Failure::Fault("there is no such column".to_owned()))?;
    let (start, end) = (number(&call, "start")?, number(&call, "end")?);
    let first = if end > 0 { (end - start).max(0) } else { MOST };
    let variables = json!({
        "text": call.params.filled("search"),
        "pattern": call.params.filled("regex"),
        "order": order,
        "descending": !call.params.get("order").is_some_and(|word| word.eq_ignore_ascii_case("asc")),
        "offset": start,
        "first": first.min(MOST),
    });
    let Data { logs } = call.ask(DOCUMENT, variables).await.map_err(broken)?;
    let rows = logs.into_iter().map(|Entry { at, level, target, message }| {
        let at = at.map(|at| call.client.local_time(at.timestamp()).replacen('T', " ", 1));
        json!({
            "time": format!("{} ", at.unwrap_or_default()),
            "loglevel": level,
            "msg": message,
            "thread": target.unwrap_or_default(),
        })
    });
    Ok(Answer::data(rows.collect::<Vec<_>>()))
}

/// What is no pattern broke the command, too.
fn broken(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Some(why)) => Failure::Fault(why),
        other => other,
    }
}

fn number(call: &Call<'_>, name: &str) -> Result<i64, Failure> {
    let Some(text) = call.params.filled(name) else { return Ok(0) };
    let read = whole(text).map(|number| number.clamp(0, MOST));
    read.ok_or_else(|| Failure::Fault(format!("{name} is no number")))
}
