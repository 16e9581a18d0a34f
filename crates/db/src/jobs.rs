//! How the jobs that are done again and again have gone, and who may run one. Knows nothing of what they do.

use crate::alone::{Deed, alone};
use crate::error::{DbError, DbResult};
use crate::pool::{Conn, Database};
use crate::schema::{jobs, servers};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use tautulli_domain::job::{JobKey, JobKind, JobRecord};
use tautulli_domain::{Result, ServerId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct Row {
    id: i64,
    kind: String,
    server_id: Option<i64>,
    known_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    failure: Option<String>,
    failures: i32,
}

impl Row {
    fn record(self) -> JobRecord {
        JobRecord {
            known_at: self.known_at,
            started_at: self.started_at,
            ended_at: self.ended_at,
            failure: self.failure,
            failures: u32::try_from(self.failures).unwrap_or(0),
        }
    }
}

/// All jobs that are known, by kind and server; those of removed servers, and those that another version knew, are left out.
pub async fn all(conn: &mut Conn) -> DbResult<Vec<(JobKey, JobRecord)>> {
    let watched = servers::table.filter(servers::removed_at.is_null()).select(servers::id.nullable());
    let rows: Vec<Row> = jobs::table
        .filter(jobs::server_id.is_null().or(jobs::server_id.eq_any(watched)))
        .select(Row::as_select())
        .order((jobs::kind, jobs::server_id))
        .load(conn)
        .await?;
    let key =
        |row: &Row| Some(JobKey { kind: JobKind::named(&row.kind)?, server_id: row.server_id.map(ServerId) });
    Ok(rows.into_iter().filter_map(|row| Some((key(&row)?, row.record()))).collect())
}

/// How a job has gone; one that was not known is known from now on.
pub async fn know(conn: &mut Conn, key: JobKey, now: DateTime<Utc>) -> DbResult<JobRecord> {
    Ok(row(conn, key, now).await?.record())
}

async fn row(conn: &mut Conn, key: JobKey, now: DateTime<Utc>) -> DbResult<Row> {
    let (kind, server) = (key.kind.name(), key.server_id.map(|server| server.0));
    diesel::insert_into(jobs::table)
        .values((jobs::kind.eq(kind), jobs::server_id.eq(server), jobs::known_at.eq(now)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let this = jobs::kind.eq(kind).and(jobs::server_id.is_not_distinct_from(server));
    Ok(jobs::table.filter(this).select(Row::as_select()).first(conn).await?)
}

/// The right to run a job, for as long as its connection lives: a replica that dies in the middle gives it back.
pub struct Turn {
    conn: Conn,
    id: i64,
    /// How the job has gone so far.
    pub record: JobRecord,
}

/// Takes the right to run a job; `None` while another replica runs it.
pub async fn take_turn(database: &Database, key: JobKey, now: DateTime<Utc>) -> Result<Option<Turn>> {
    let id = row(&mut *database.conn().await?, key, now).await?.id;
    let Some(mut conn) = alone(database, Deed::Job, id).await? else { return Ok(None) };
    // Whoever had the turn before may have written since.
    let row: Row =
        jobs::table.find(id).select(Row::as_select()).first(&mut conn).await.map_err(DbError::from)?;
    Ok(Some(Turn { conn, id, record: row.record() }))
}

impl Turn {
    /// Notes that it begins.
    pub async fn begin(&mut self, now: DateTime<Utc>) -> DbResult<()> {
        diesel::update(jobs::table.find(self.id))
            .set(jobs::started_at.eq(now))
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }

    /// Notes how it ended, and gives the turn back.
    pub async fn end(mut self, now: DateTime<Utc>, failure: Option<&str>) -> DbResult<()> {
        let failures = if failure.is_some() { self.record.failures.saturating_add(1) } else { 0 };
        let failures = i32::try_from(failures).unwrap_or(i32::MAX);
        diesel::update(jobs::table.find(self.id))
            .set((jobs::ended_at.eq(now), jobs::failure.eq(failure), jobs::failures.eq(failures)))
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }
}
