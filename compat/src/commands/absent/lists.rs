//! What an import has brought, listed and shown one by one.

use super::{Row, column, configurations, rows, text};
use crate::answer::{Answer, Failure, Outcome};
use crate::commands::Call;
use crate::params::whole;
use serde_json::{Map, Value, json};

/// What notifiers may be told of.
const TRIGGERS: [&str; 22] = [
    "on_play",
    "on_stop",
    "on_pause",
    "on_resume",
    "on_change",
    "on_buffer",
    "on_error",
    "on_intro",
    "on_credits",
    "on_commercial",
    "on_watched",
    "on_created",
    "on_extdown",
    "on_intdown",
    "on_extup",
    "on_intup",
    "on_pmsupdate",
    "on_concurrent",
    "on_newdevice",
    "on_plexpyupdate",
    "on_plexpydbcorrupt",
    "on_tokenexpired",
];

async fn all(call: &Call<'_>, table: &str) -> Result<Vec<Row>, Failure> {
    let variables = json!({"table": table, "orderBy": ["id"], "descending": [false], "offset": 0});
    Ok(rows(call, variables).await?.rows)
}

async fn one(call: &Call<'_>, table: &str, parameter: &str) -> Result<Row, Failure> {
    let id = call.params.filled(parameter).and_then(whole).ok_or(Failure::Refused(None))?;
    let found = rows(call, json!({"table": table, "ids": [id], "offset": 0})).await?;
    found.rows.into_iter().next().ok_or(Failure::Refused(None))
}

fn is_on(row: &Row, trigger: &str) -> bool {
    column(row, trigger).as_i64().is_some_and(|on| on != 0)
}

fn pick(row: &Row, names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), text(row, name))).collect()
}

pub(crate) async fn notifiers(call: Call<'_>) -> Outcome {
    let action = call.params.filled("notify_action");
    if action.is_some_and(|action| !TRIGGERS.contains(&action)) {
        return Err(Failure::Fault("there is no such trigger".to_owned()));
    }
    let found = all(&call, "NOTIFIERS").await?;
    let wanted = found.iter().filter(|row| action.is_none_or(|action| is_on(row, action)));
    let told = wanted.map(|row| {
        let mut told = pick(row, &["id", "agent_id", "agent_name", "agent_label", "friendly_name"]);
        told.insert("last_triggered".to_owned(), column(row, "last_triggered"));
        told.insert("last_success".to_owned(), column(row, "last_success"));
        let active = TRIGGERS.iter().any(|trigger| is_on(row, trigger));
        told.insert("active".to_owned(), u8::from(active).into());
        Value::Object(told)
    });
    Ok(Answer::data(told.collect::<Vec<_>>()))
}

pub(crate) async fn notifier(call: Call<'_>) -> Outcome {
    let row = one(&call, "NOTIFIERS", "notifier_id").await?;
    let mut told = pick(&row, &["id", "agent_id", "agent_name", "agent_label", "friendly_name"]);
    let nested = |name: &str| column(&row, name).as_str().and_then(|text| serde_json::from_str(text).ok());
    let none = json!([{"parameter": "", "operator": "", "value": [], "type": null}]);
    let conditions: Value = nested("custom_conditions").unwrap_or(none);
    told.insert("custom_conditions".to_owned(), conditions);
    told.insert("custom_conditions_logic".to_owned(), text(&row, "custom_conditions_logic"));
    let agent = column(&row, "agent_id").to_string();
    told.insert("config".to_owned(), configurations::whole(&agent, column(&row, "notifier_config")));
    told.insert("config_options".to_owned(), json!([]));
    let flag = |trigger: &&str| ((*trigger).to_owned(), u8::from(is_on(&row, trigger)).into());
    told.insert("actions".to_owned(), Value::Object(TRIGGERS.iter().map(flag).collect()));
    let words = |trigger: &&str| {
        let (subject, body) = (format!("{trigger}_subject"), format!("{trigger}_body"));
        ((*trigger).to_owned(), json!({"subject": text(&row, &subject), "body": text(&row, &body)}))
    };
    told.insert("notify_text".to_owned(), Value::Object(TRIGGERS.iter().map(words).collect()));
    Ok(Answer::data(told))
}

pub(crate) async fn newsletters(call: Call<'_>) -> Outcome {
    let found = all(&call, "NEWSLETTERS").await?;
    let told = found.iter().map(|row| {
        let names = ["id", "agent_id", "agent_name", "agent_label", "friendly_name", "cron", "active"];
        let mut told = pick(row, &names);
        told.insert("last_triggered".to_owned(), column(row, "last_triggered"));
        told.insert("last_success".to_owned(), column(row, "last_success"));
        Value::Object(told)
    });
    Ok(Answer::data(told.collect::<Vec<_>>()))
}

pub(crate) async fn newsletter(call: Call<'_>) -> Outcome {
    let row = one(&call, "NEWSLETTERS", "newsletter_id").await?;
    let names = [
        "id",
        "agent_id",
        "agent_name",
        "agent_label",
        "id_name",
        "friendly_name",
        "cron",
        "active",
        "subject",
        "body",
        "message",
    ];
    let mut told = pick(&row, &names);
    let config = configurations::whole("newsletter", column(&row, "newsletter_config"));
    told.insert("config".to_owned(), config);
    let email = configurations::whole("newsletter_email", column(&row, "email_config"));
    told.insert("email_config".to_owned(), email);
    told.insert("config_options".to_owned(), json!([]));
    told.insert("email_config_options".to_owned(), json!([]));
    Ok(Answer::data(told))
}
