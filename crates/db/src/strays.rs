//! Imported rows that stand for nothing here, as they lie in `staged.others`.

use crate::error::DbResult;
use crate::pool::Conn;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use tautulli_domain::stray::{StrayLibrary, StrayUser};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Jsonb)]
    content: Value,
}

/// More than any installation has.
const MOST: i64 = 1_000;

/// A row's cells, which may hold anything.
struct Cells<'a>(&'a Value);

impl Cells<'_> {
    fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn flag(&self, name: &str, usual: bool) -> bool {
        self.number(name).map_or(usual, |number| number != 0)
    }
}

/// Users without an account.
pub async fn users(conn: &mut Conn) -> DbResult<Vec<StrayUser>> {
    let sql = "SELECT row_id, content FROM staged.others WHERE table_name = 'users' AND content ->> 'user_id' IS NULL
               ORDER BY source_id, row_id LIMIT $1";
    let rows: Vec<Row> = diesel::sql_query(sql).bind::<BigInt, _>(MOST).load(conn).await?;
    let read = |row: Row| {
        let cells = Cells(&row.content);
        StrayUser {
            row_id: row.row_id,
            username: cells.text("username").unwrap_or_default(),
            custom_name: cells.text("friendly_name"),
            title: cells.text("title"),
            email: cells.text("email"),
            thumb: cells.text("thumb"),
            custom_thumb: cells.text("custom_avatar_url"),
            is_active: cells.flag("is_active", true),
            do_notify: cells.flag("do_notify", true),
            keep_history: cells.flag("keep_history", true),
            allow_guest: cells.flag("allow_guest", false),
            deleted: cells.flag("deleted_user", false),
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Libraries of machines other than the one that the import was for.
pub async fn libraries(conn: &mut Conn) -> DbResult<Vec<StrayLibrary>> {
    let sql = "SELECT o.row_id, o.content FROM staged.others o JOIN import_sources s ON s.id = o.source_id
                 JOIN servers v ON v.id = s.server_id
               WHERE o.table_name = 'library_sections' AND o.content ->> 'server_id' IS DISTINCT FROM v.machine_id
               ORDER BY o.source_id, o.row_id LIMIT $1";
    let rows: Vec<Row> = diesel::sql_query(sql).bind::<BigInt, _>(MOST).load(conn).await?;
    let read = |row: Row| {
        let cells = Cells(&row.content);
        StrayLibrary {
            row_id: row.row_id,
            machine_id: cells.text("server_id").unwrap_or_default(),
            section_id: cells.number("section_id"),
            name: cells.text("section_name"),
            kind: cells.text("section_type"),
            agent: cells.text("agent"),
            thumb: cells.text("thumb"),
            custom_thumb: cells.text("custom_thumb_url"),
            art: cells.text("art"),
            custom_art: cells.text("custom_art_url"),
            count: cells.text("count"),
            parent_count: cells.number("parent_count"),
            child_count: cells.number("child_count"),
            is_active: cells.flag("is_active", true),
            do_notify: cells.flag("do_notify", true),
            do_notify_created: cells.flag("do_notify_created", true),
            keep_history: cells.flag("keep_history", true),
            deleted: cells.flag("deleted_section", false),
        }
    };
    Ok(rows.into_iter().map(read).collect())
}
