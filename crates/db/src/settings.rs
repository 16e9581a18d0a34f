//! Settings as they are stored: text keys, JSON values.

use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::settings;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

pub async fn load(conn: &mut Conn) -> DbResult<Vec<(String, Value)>> {
    Ok(settings::table.select((settings::key, settings::value)).order(settings::key).load(conn).await?)
}

pub async fn store(conn: &mut Conn, key: &str, value: &Value, now: DateTime<Utc>) -> DbResult<()> {
    diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(value), settings::updated_at.eq(now)))
        .on_conflict(settings::key)
        .do_update()
        .set((settings::value.eq(value), settings::updated_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a value only where there is none; gives the one that stands then.
pub async fn store_first(conn: &mut Conn, key: &str, value: &Value, now: DateTime<Utc>) -> DbResult<Value> {
    diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(value), settings::updated_at.eq(now)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(settings::table.find(key).select(settings::value).first(conn).await?)
}
