//! The log of sign-ins: those of an imported installation, then our own. Their numbers go on where the imported ones end.

use crate::error::DbResult;
use crate::history::sql::{Bind, Sql};
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::sign_in::SignIn;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<BigInt>)]
    account_id: Option<i64>,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Text)]
    host: String,
    #[diesel(sql_type = Nullable<Text>)]
    agent: Option<String>,
    #[diesel(sql_type = Bool)]
    success: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    expires_at: Option<DateTime<Utc>>,
}

/// The account `c` of an attempt `a`: a name stands for one with a password.
const THEIRS: &str = "(c.id = a.account_id OR (a.account_id IS NULL AND NOT a.by_plex AND c.plex_account_id IS NULL \
    AND lower(c.username) = lower(a.username)))";

/// Imported rows and our own, as one relation. What is no moment is none.
fn all() -> String {
    format!(
        "WITH base AS (SELECT coalesce(max(row_id), 0) AS last FROM staged.user_login), log AS (
      SELECT row_id, to_timestamp(timestamp) AS at, user_id AS account_id, coalesce(\"user\", '') AS name,
        coalesce(user_group, '') AS role, coalesce(ip_address, '') AS address, coalesce(host, '') AS host, user_agent AS agent,
        coalesce(success, 0) <> 0 AS success,
        CASE WHEN jwt_token IS NOT NULL AND expiry ~ '^\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' THEN expiry::timestamptz END AS expires_at
      FROM staged.user_login WHERE timestamp BETWEEN 0 AND 32503680000
      UNION ALL
      SELECT base.last + a.id, a.at, coalesce(c.plex_account_id, u.account_id), a.username, coalesce(c.role, ''), a.address, '', a.agent, a.success,
        (SELECT max(w.expires_at) FROM web_sessions w WHERE w.account_id = c.id AND w.address = a.address AND w.agent = a.agent
           AND abs(extract(epoch FROM w.created_at - a.at)) < 5 AND a.success)
      FROM login_attempts a CROSS JOIN base LEFT JOIN accounts c ON {THEIRS} LEFT JOIN users u ON u.id = c.user_id)"
    )
}

/// Sign-ins, newest first, at most `limit`: those of accounts, or all.
pub async fn list(conn: &mut Conn, accounts: Option<&[i64]>, limit: i64) -> DbResult<Vec<SignIn>> {
    let mut sql = Sql::default();
    sql.text(&all()).text(" SELECT * FROM log WHERE TRUE");
    if let Some(accounts) = accounts {
        sql.text(" AND account_id = ANY(").bind(Bind::Ints(accounts.to_vec())).text(")");
    }
    sql.text(" ORDER BY at DESC, row_id DESC LIMIT ").bind(Bind::Int(limit));
    let rows: Vec<Row> = sql.into_query().load(conn).await?;
    let read = |row: Row| SignIn {
        row_id: row.row_id,
        at: row.at,
        account_id: row.account_id,
        name: row.name,
        role: row.role,
        address: row.address,
        host: row.host,
        agent: row.agent,
        success: row.success,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// How many there are.
pub async fn count(conn: &mut Conn) -> DbResult<i64> {
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let Number { number } =
        diesel::sql_query(format!("{} SELECT count(*) AS number FROM log", all())).get_result(conn).await?;
    Ok(number)
}

/// Ends the browser sessions that these sign-ins began. Tokens of an imported installation open nothing here; they are forgotten.
pub async fn end(conn: &mut Conn, rows: &[i64]) -> DbResult<usize> {
    let sql = format!(
        "WITH base AS (SELECT coalesce(max(row_id), 0) AS last FROM staged.user_login),
        gone AS (UPDATE staged.user_login SET jwt_token = NULL WHERE row_id = ANY($1) RETURNING 1)
      DELETE FROM web_sessions w USING login_attempts a, base, accounts c
      WHERE base.last + a.id = ANY($1) AND {THEIRS} AND w.account_id = c.id AND w.address = a.address
        AND w.agent = a.agent AND abs(extract(epoch FROM w.created_at - a.at)) < 5"
    );
    Ok(diesel::sql_query(sql).bind::<Array<BigInt>, _>(rows).execute(conn).await?)
}

/// Forgets all of them. Sessions stay open.
pub async fn clear(conn: &mut Conn) -> DbResult<()> {
    diesel::sql_query("WITH gone AS (DELETE FROM staged.user_login) DELETE FROM login_attempts")
        .execute(conn)
        .await?;
    Ok(())
}
