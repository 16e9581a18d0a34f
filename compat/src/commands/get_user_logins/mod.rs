//! `get_user_logins`, `delete_login_log`, `logout_user_session`: the log of sign-ins.

mod agent;

use super::Call;
use super::user::shown_name;
use crate::answer::{Answer, Outcome};
use crate::graph::{Record, lower};
use crate::params::whole;
use crate::registry::Param;
use crate::table::{Fields, Manner, Table};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

pub(crate) const DOCUMENT: &str = include_str!("../../../documents/get_user_logins.graphql");
pub(crate) const CLEAR: &str = include_str!("../../../documents/delete_login_log.graphql");
pub(crate) const END: &str = include_str!("../../../documents/logout_user_session.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "user_id", about: "the user's account; everybody if it is absent" },
    Param { name: "order_column", about: "columns to sort by; timestamp is the default" },
    Param { name: "order_dir", about: "asc or desc for each" },
    Param { name: "start", about: "rows to pass over" },
    Param { name: "length", about: "rows to return, 25 by default" },
    Param { name: "search", about: "text in addresses, hosts, systems and browsers" },
];
pub(crate) const END_PARAMS: &[Param] =
    &[Param { name: "row_ids", about: "sign-ins by row number, separated by commas" }];

const TABLE: Table = Table {
    // What is worked out from the agent was never sorted by, nor searched.
    columns: &["timestamp", "ip_address", "host"],
    searched: &["ip_address", "host"],
    usual: "timestamp",
    behind: &[],
    manner: Manner::Rows,
};

/// No account has this number.
const NOBODY: i64 = i64::MIN;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    sign_ins: SignIns,
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SignIns {
    entries: Vec<Entry>,
    total_count: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    account_id: Option<i64>,
    address: String,
    agent: Option<String>,
    at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    host: Option<String>,
    name: String,
    role: Option<String>,
    row_id: i64,
    success: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    friendly_name: String,
    username: String,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let account = call.params.filled("user_id").map(|user| whole(user).unwrap_or(NOBODY));
    let variables = json!({"account": account, "server": call.server().await?});
    let Data { sign_ins: SignIns { mut entries, total_count }, users } =
        call.ask(DOCUMENT, variables).await?;
    let names: HashMap<i64, String> = users
        .into_iter()
        .map(|user| (user.account_id, shown_name(&user.friendly_name, &user.username)))
        .collect();
    entries.sort_by_key(|entry| entry.row_id);
    let rows = entries.into_iter().map(|entry| reshape(entry, &names)).collect();
    let total = usize::try_from(total_count).unwrap_or(0);
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}

fn reshape(entry: Entry, names: &HashMap<i64, String>) -> Fields {
    let Entry { account_id, address, agent, at, expires_at, host, name, role, row_id, success } = entry;
    let said = agent.as_deref().unwrap_or_default();
    let friendly = account_id.and_then(|account| names.get(&account).cloned()).unwrap_or(name);
    let mut record = Record::default();
    record.put("row_id", row_id);
    record.put("timestamp", at.timestamp());
    record.put("user_id", account_id);
    record.put("user_group", role.as_deref().map(lower).unwrap_or_default());
    record.put("ip_address", address);
    record.text("host", host);
    record.put("user_agent", agent.clone());
    record.put("os", agent::system(said));
    record.put("browser", agent::browser(said));
    record.flag("success", success);
    record.put("expiry", expires_at.map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string()));
    // A key is no browser.
    record.put("current", false);
    record.put("friendly_name", friendly);
    record.into_fields()
}

pub(crate) async fn clear(call: Call<'_>) -> Outcome {
    let _: Value = call.ask(CLEAR, json!({})).await?;
    Ok(Answer::said("Cleared login logs."))
}

pub(crate) async fn end(call: Call<'_>) -> Outcome {
    let rows = call.params.numbers("row_ids").unwrap_or_default();
    if !rows.is_empty() {
        let _: Value = call.ask(END, json!({"rows": rows})).await?;
    }
    Ok(Answer::said("Users session logged out."))
}
