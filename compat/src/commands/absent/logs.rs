//! Logs and exports that an import has brought, as tables.

use super::{Row, Rows, column, rows};
use crate::answer::{Answer, Failure, Outcome};
use crate::commands::Call;
use crate::page::{Page, Window};
use crate::params::whole;
use crate::table;
use serde_json::{Map, Value, json};

/// How a table is asked for.
struct Shape {
    table: &'static str,
    /// Columns to order by, and what they are called where they wait.
    order: &'static [(&'static str, &'static str)],
    searched: &'static [&'static str],
}

const NOTIFICATIONS: Shape = Shape {
    table: "NOTIFICATIONS",
    order: &[
        ("timestamp", "timestamp"),
        ("notifier_id", "notifier_id"),
        ("agent_name", "agent_name"),
        ("notify_action", "notify_action"),
        ("subject_text", "subject_text"),
        ("body_text", "body_text"),
    ],
    searched: &["timestamp", "notifier_id", "agent_name", "notify_action", "subject_text", "body_text"],
};
const NEWSLETTERS: Shape = Shape {
    table: "NEWSLETTER_LOG",
    order: &[
        ("timestamp", "timestamp"),
        ("newsletter_id", "newsletter_id"),
        ("agent_name", "agent_name"),
        ("notify_action", "notify_action"),
        ("subject_text", "subject_text"),
        ("body_text", "body_text"),
        ("start_date", "start_date"),
        ("end_date", "end_date"),
        ("uuid", "uuid"),
    ],
    searched: &[
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
};
const EXPORTS: Shape = Shape {
    table: "EXPORTS",
    order: &[
        ("timestamp", "timestamp"),
        ("media_type_title", "media_type"),
        ("rating_key", "rating_key"),
        ("title", "title"),
        ("file_format", "file_format"),
        ("metadata_level", "metadata_level"),
        ("media_info_level", "media_info_level"),
        ("custom_fields", "custom_fields"),
        ("file_size", "file_size"),
        ("complete", "complete"),
    ],
    searched: &[
        "media_type",
        "rating_key",
        "title",
        "file_format",
        "metadata_level",
        "media_info_level",
        "custom_fields",
    ],
};

pub(crate) async fn notifications(call: Call<'_>) -> Outcome {
    const TOLD: [&str; 12] = [
        "id",
        "timestamp",
        "session_key",
        "rating_key",
        "user_id",
        "user",
        "notifier_id",
        "agent_id",
        "agent_name",
        "notify_action",
        "subject_text",
        "body_text",
    ];
    of(&call, &NOTIFICATIONS, |row| {
        let mut told = told(row, &TOLD);
        for name in ["session_key", "rating_key"] {
            if told.get(name).is_some_and(Value::is_null) {
                told.insert(name.to_owned(), "".into());
            }
        }
        // What was sent is told for a page.
        if let Some(body) = told.get("body_text").and_then(Value::as_str) {
            let lines = body.replace('\n', "<br />");
            told.insert("body_text".to_owned(), lines.into());
        }
        Value::Object(told)
    })
    .await
}

pub(crate) async fn newsletters(call: Call<'_>) -> Outcome {
    const TOLD: [&str; 11] = [
        "id",
        "timestamp",
        "newsletter_id",
        "agent_id",
        "agent_name",
        "notify_action",
        "subject_text",
        "body_text",
        "start_date",
        "end_date",
        "uuid",
    ];
    of(&call, &NEWSLETTERS, |row| Value::Object(told(row, &TOLD))).await
}

fn told(row: &Row, names: &[&str]) -> Map<String, Value> {
    let names = names.iter().chain(&["success"]);
    names.map(|name| ((*name).to_owned(), column(row, name))).collect()
}

async fn of(call: &Call<'_>, shape: &Shape, reshape: impl Fn(&Row) -> Value) -> Outcome {
    let page = Page::read(call.params)?;
    let window = match page.first_look() {
        Some(window) => window,
        None => {
            let counted = ask(call, shape, Window::default()).await?;
            let (from, to) = page.bounds(counted.filtered_count);
            Window { offset: from, limit: to - from }
        }
    };
    let Rows { rows, filtered_count, total_count } = ask(call, shape, window).await?;
    let rows = rows.iter().map(reshape).collect();
    Ok(Answer::data(table::envelope(filtered_count, total_count, rows)))
}

async fn ask(call: &Call<'_>, shape: &Shape, window: Window) -> Result<Rows, Failure> {
    let known: Vec<&'static str> = shape.order.iter().map(|(name, _)| *name).collect();
    let order = table::known(call.params, &known, "timestamp");
    let columns = order.iter().filter_map(|(wanted, _)| {
        shape.order.iter().find(|(name, _)| name == wanted).map(|(_, column)| *column)
    });
    let variables = json!({
        "table": shape.table,
        "text": call.params.filled("search"),
        "searched": shape.searched,
        "orderBy": columns.collect::<Vec<_>>(),
        "descending": order.iter().map(|(_, descends)| *descends).collect::<Vec<_>>(),
        "offset": window.offset,
        "limit": window.limit,
    });
    rows(call, variables).await
}

/// Exports may be narrowed to a library, a user or an item.
pub(crate) async fn exports(call: Call<'_>) -> Outcome {
    let wanted: Vec<_> = ["section_id", "user_id", "rating_key"]
        .into_iter()
        .filter_map(|name| call.params.filled(name).map(|text| (name, whole(text))))
        .collect();
    if wanted.is_empty() {
        return of(&call, &EXPORTS, reshape_export).await;
    }
    // There are few exports: those that fit are found here.
    let all = Window { offset: 0, limit: 100_000 };
    let Rows { rows, filtered_count: _, total_count } = ask(&call, &EXPORTS, all).await?;
    let fits = |row: &&Row| {
        wanted.iter().all(|(name, value)| value.is_some() && column(row, name).as_i64() == *value)
    };
    let found: Vec<Value> = rows.iter().filter(fits).map(reshape_export).collect();
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let (from, to) = Page::read(call.params)?.bounds(count);
    let shown = found.into_iter().skip(crate::page::at(from)).take(crate::page::at(to - from)).collect();
    Ok(Answer::data(table::envelope(count, total_count, shown)))
}

fn reshape_export(row: &Row) -> Value {
    const TOLD: [&str; 13] = [
        "file_format",
        "metadata_level",
        "media_info_level",
        "thumb_level",
        "art_level",
        "logo_level",
        "squareArt_level",
        "theme_level",
        "custom_fields",
        "individual_files",
        "file_size",
        "complete",
        "exported_items",
    ];
    let mut told = Map::new();
    told.insert("export_id".to_owned(), column(row, "id"));
    for name in ["timestamp", "section_id", "user_id", "rating_key", "media_type"] {
        told.insert(name.to_owned(), column(row, name));
    }
    let (kind, title) = (column(row, "media_type"), column(row, "title"));
    let (kind, title) = (kind.as_str().unwrap_or_default(), title.as_str().unwrap_or_default());
    told.insert("media_type_title".to_owned(), titled(kind).into());
    told.insert("title".to_owned(), title.into());
    let format = column(row, "file_format");
    let file = if column(row, "individual_files").as_i64().unwrap_or(0) == 0 {
        format!("{title}.{}", format.as_str().unwrap_or_default())
    } else {
        title.to_owned()
    };
    told.insert("filename".to_owned(), file.into());
    for name in TOLD {
        told.insert(name.to_owned(), column(row, name));
    }
    told.insert("total_items".to_owned(), column(row, "total_items"));
    // The files stayed where they were made.
    told.insert("exists".to_owned(), json!(false));
    Value::Object(told)
}

/// `photo_album` becomes `Photo Album`.
fn titled(kind: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    kind.split('_').map(word).collect::<Vec<_>>().join(" ")
}
