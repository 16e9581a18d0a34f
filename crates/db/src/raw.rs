//! Queries that users write themselves: in a transaction that only reads, as a role that may look at the views of the schema
//! `legacy` and at nothing else. Must not decide who may ask.

use crate::error::{DbError, DbResult};
use crate::pool::{Conn, batch};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::Value;
use tautulli_domain::{Error, Result};

/// Rows and bytes beyond these are left out.
const ROWS: usize = 10_000;
const BYTES: usize = 16 << 20;

/// The role that such queries run as. It belongs to the whole server, its rights to one database.
const ROLE: &str = "tautulli_reader";

const FENCE: &str = "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '2s'; \
    SET LOCAL search_path = legacy, pg_catalog; SET LOCAL ROLE tautulli_reader";

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

async fn holds(conn: &mut Conn, question: &str) -> DbResult<bool> {
    let found: Answer = diesel::sql_query(format!("SELECT {question} AS answer")).get_result(conn).await?;
    Ok(found.answer)
}

/// Makes the role and gives it its rights, where that has not happened.
///
/// # Errors
/// `Conflict` with what is to be done where the service may not make roles.
pub async fn prepare(conn: &mut Conn) -> Result<()> {
    let is_there = format!("EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}')");
    if !holds(conn, &is_there).await? {
        // Somebody else may be quicker.
        let made = batch(conn, &format!("CREATE ROLE {ROLE} NOLOGIN NOINHERIT")).await;
        if made.is_err() && !holds(conn, &is_there).await? {
            return Err(refused(made));
        }
    }
    if !holds(conn, &format!("pg_has_role(current_user, '{ROLE}', 'MEMBER')")).await? {
        let granted = batch(conn, &format!("GRANT {ROLE} TO CURRENT_USER")).await;
        granted.map_err(|failure| refused(Err(failure)))?;
    }
    let may_look = format!(
        "has_schema_privilege('{ROLE}', 'legacy', 'USAGE') AND (SELECT bool_and(has_table_privilege('{ROLE}', c.oid, 'SELECT')) \
         FROM pg_class c WHERE c.relnamespace = 'legacy'::regnamespace AND c.relkind = 'v')"
    );
    if !holds(conn, &may_look).await? {
        let grant = format!(
            "GRANT USAGE ON SCHEMA legacy TO {ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA legacy TO {ROLE}"
        );
        batch(conn, &grant).await?;
    }
    let sees_more = format!(
        "EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') \
         AND has_table_privilege('{ROLE}', c.oid, 'SELECT, INSERT, UPDATE, DELETE'))"
    );
    if holds(conn, &sees_more).await? {
        return Err(Error::conflict(format!(
            "SQL stays off: the role {ROLE} may see more than the views of the schema legacy; revoke that first"
        )));
    }
    Ok(())
}

fn refused(failure: DbResult<()>) -> Error {
    let error = Error::conflict(format!(
        "SQL stays off: the service may not make the role that queries run as. Let an administrator of the database run \
         CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO the service's own role"
    ));
    match failure {
        Ok(()) => error,
        Err(DbError(why)) => error.because(why),
    }
}

/// The rows of a query, each an object with its columns in their order; or what the database says against it.
pub async fn query(conn: &mut Conn, query: &str) -> Result<std::result::Result<Vec<Value>, String>> {
    let wrapped = format!(
        "SELECT t.r AS row FROM (SELECT s.r, sum(octet_length(s.r)) OVER (ROWS UNBOUNDED PRECEDING) AS bytes FROM \
         (SELECT row_to_json(q)::text AS r FROM (\n{query}\n) AS q LIMIT {ROWS}) AS s) AS t WHERE t.bytes <= {BYTES}"
    );
    let rows = conn
        .transaction(async |conn| -> QueryResult<Vec<Row>> {
            conn.batch_execute(FENCE).await?;
            diesel::sql_query(wrapped).load(conn).await
        })
        .await;
    match rows {
        Ok(rows) => {
            let read = |row: Row| serde_json::from_str(&row.row).map_err(Error::internal);
            Ok(Ok(rows.into_iter().map(read).collect::<Result<_>>()?))
        }
        Err(diesel::result::Error::DatabaseError(_, said)) => Ok(Err(said.message().to_owned())),
        Err(other) => Err(DbError::from(other).0),
    }
}
