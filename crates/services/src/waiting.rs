//! Rows of an imported installation whose feature is not here yet, without their secrets.

use serde_json::{Map, Value};
use tautulli_db::Database;
use tautulli_db::waiting::{self, Table, Wanted};
use tautulli_domain::{Error, Result};

pub use tautulli_db::waiting::Rows;

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Notifiers,
    Notifications,
    Newsletters,
    NewsletterLog,
    Exports,
    Devices,
    RecentlyAdded,
    TvMaze,
    TheMovieDb,
    MusicBrainz,
}

/// Which rows of what waits.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub ids: Option<Vec<i64>>,
    pub text: String,
    /// Columns to search in.
    pub searched: Vec<String>,
    /// Columns and whether they descend.
    pub order: Vec<(String, bool)>,
    pub offset: i64,
    pub limit: Option<i64>,
}

/// Which rows are to be forgotten.
#[derive(Debug, Clone, Copy)]
pub enum Forgotten<'a> {
    All,
    Ids(&'a [i64]),
    RatingKeys(&'a [i64]),
}

/// Rows on a page.
const MOST: i64 = 100_000;

/// The rows that wait.
#[derive(Debug, Clone)]
pub struct Waiting {
    database: Database,
}

impl Waiting {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// A page of rows as objects by column; what opens doors elsewhere is taken out of them.
    pub async fn page(&self, kind: Kind, query: &Query) -> Result<Rows> {
        let table = table(kind);
        let known = |name: &str| {
            let found = table.columns.iter().find(|column| **column == name);
            found.copied().ok_or_else(|| Error::invalid("There is no such column"))
        };
        let searched = query.searched.iter().map(|name| known(name)).collect::<Result<Vec<_>>>()?;
        let order = query.order.iter().map(|(name, descends)| Ok((known(name)?, *descends)));
        let order = order.collect::<Result<Vec<_>>>()?;
        let wanted = Wanted {
            ids: query.ids.as_deref(),
            text: (!query.text.is_empty()).then_some((query.text.as_str(), searched.as_slice())),
            order: &order,
            offset: query.offset.max(0),
            limit: Some(query.limit.unwrap_or(MOST).clamp(0, MOST)),
        };
        let mut conn = self.database.conn().await?;
        let mut found = waiting::page(&mut conn, table, &wanted).await?;
        found.rows.iter_mut().for_each(veil);
        Ok(found)
    }

    /// Forgets rows; how many there were.
    pub async fn forget(&self, kind: Kind, which: Forgotten<'_>) -> Result<usize> {
        let only = match which {
            Forgotten::All => None,
            Forgotten::Ids(ids) => Some(("row_id", ids)),
            Forgotten::RatingKeys(keys) => Some(("rating_key", keys)),
        };
        let mut conn = self.database.conn().await?;
        Ok(waiting::forget(&mut conn, table(kind), only).await?)
    }
}

/// Columns that hold JSON as text.
const NESTED: [&str; 3] = ["notifier_config", "newsletter_config", "email_config"];

/// Takes secrets out of a row: whole columns, and entries of configurations, which become objects.
fn veil(row: &mut Value) {
    let Some(columns) = row.as_object_mut() else { return };
    columns.retain(|name, _| !is_secret(name));
    for name in NESTED {
        if let Some(Value::String(text)) = columns.get(name) {
            let read = serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
            let veiled = read.into_iter().map(|(name, value)| {
                let value = if is_secret(&name) { Value::String(String::new()) } else { value };
                (name, value)
            });
            columns.insert(name.to_owned(), Value::Object(veiled.collect()));
        }
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["token", "password", "secret", "apikey", "api_key", "onesignal", "access_key"]
        .iter()
        .any(|word| name.contains(word))
}

fn table(kind: Kind) -> Table {
    const LOOKUP: &[&str] = &["id", "rating_key"];
    let (name, columns, log): (_, &[&str], _) = match kind {
        Kind::Notifiers => {
            ("notifiers", &["id", "agent_id", "agent_name"], Some(("notify_log", "notifier_id")))
        }
        Kind::Notifications => (
            "notify_log",
            &["id", "timestamp", "notifier_id", "agent_name", "notify_action", "subject_text", "body_text"],
            None,
        ),
        Kind::Newsletters => {
            ("newsletters", &["id", "agent_id", "friendly_name"], Some(("newsletter_log", "newsletter_id")))
        }
        Kind::NewsletterLog => (
            "newsletter_log",
            &[
                "id",
                "timestamp",
                "newsletter_id",
                "agent_name",
                "notify_action",
                "subject_text",
                "body_text",
                "start_date",
                "end_date",
                "uuid",
            ],
            None,
        ),
        Kind::Exports => (
            "exports",
            &[
                "id",
                "timestamp",
                "section_id",
                "user_id",
                "rating_key",
                "media_type",
                "title",
                "file_format",
                "metadata_level",
                "media_info_level",
                "custom_fields",
                "file_size",
                "complete",
            ],
            None,
        ),
        Kind::Devices => ("mobile_devices", &["id", "device_id", "friendly_name"], None),
        Kind::RecentlyAdded => ("recently_added", &["id", "rating_key"], None),
        Kind::TvMaze => ("tvmaze_lookup", LOOKUP, None),
        Kind::TheMovieDb => ("themoviedb_lookup", LOOKUP, None),
        Kind::MusicBrainz => ("musicbrainz_lookup", LOOKUP, None),
    };
    Table { name, columns, log }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_taken_out() {
        let mut row = json!({"id": 1, "device_token": "x", "onesignal_id": "y", "notifier_config":
            "{\"bot_token\": \"1:abc\", \"chat_id\": \"42\", \"smtp_password\": \"p\"}"});
        veil(&mut row);
        let left = json!({"bot_token": "", "chat_id": "42", "smtp_password": ""});
        assert_eq!(row, json!({"id": 1, "notifier_config": left}));
        let mut broken = json!({"notifier_config": "{not json", "email_config": null});
        veil(&mut broken);
        assert_eq!(broken, json!({"notifier_config": {}, "email_config": null}));
    }
}
