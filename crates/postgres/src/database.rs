//! The few words spoken with the server over its socket: are you there, and is this database there.

use crate::error::{PostgresError, Result};
use crate::socket::USER;
use std::path::Path;
use std::time::Duration;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls};

const TIMEOUT: Duration = Duration::from_secs(5);
const CREATE_TIMEOUT: Duration = Duration::from_secs(60);
const MAINTENANCE: &str = "postgres";

/// Whether the server behind `socket_dir` answers. One that has no connection to spare does answer.
pub(crate) async fn answers(socket_dir: &Path) -> bool {
    match connect(socket_dir).await {
        Ok(_) => true,
        Err(PostgresError::Database(error)) => {
            error.code().is_some_and(|code| *code != SqlState::CANNOT_CONNECT_NOW)
        }
        Err(_) => false,
    }
}

/// Creates the database `name` unless it exists, and sets it up.
pub(crate) async fn ensure(socket_dir: &Path, name: &str) -> Result<()> {
    let client = connect(socket_dir).await?;
    let work = async {
        let found = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await?;
        if found.is_none() {
            match client.batch_execute(&format!("CREATE DATABASE {}", quote(name))).await {
                Err(error) if created_meanwhile(&error) => {}
                other => other?,
            }
        }
        pack_log(&client, name).await
    };
    let done = tokio::time::timeout(CREATE_TIMEOUT, work).await.map_err(|_| PostgresError::Timeout)?;
    Ok(done?)
}

/// Has the write-ahead log packed by LZ4 where the server was built with it: the other way, which the cluster is started with as
/// every server knows it, takes a third of the time of writing a play.
async fn pack_log(client: &Client, name: &str) -> std::result::Result<(), tokio_postgres::Error> {
    let can = "SELECT 1 FROM pg_settings WHERE name = 'wal_compression' AND setting <> 'off' AND 'lz4' = ANY (enumvals)
        AND NOT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
            WHERE d.datname = $1 AND s.setrole = 0 AND 'wal_compression=lz4' = ANY (s.setconfig))";
    if client.query_opt(can, &[&name]).await?.is_some() {
        client.batch_execute(&format!("ALTER DATABASE {} SET wal_compression = lz4", quote(name))).await?;
    }
    Ok(())
}

fn created_meanwhile(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(code) if *code == SqlState::DUPLICATE_DATABASE || *code == SqlState::UNIQUE_VIOLATION)
}

async fn connect(socket_dir: &Path) -> Result<Client> {
    let mut config = Config::new();
    config.host_path(socket_dir).user(USER).dbname(MAINTENANCE).application_name("tautulli cluster");
    let connecting = tokio::time::timeout(TIMEOUT, config.connect(NoTls));
    let (client, connection) = connecting.await.map_err(|_| PostgresError::Timeout)??;
    // Ends when the client is dropped; its failures reach the client too.
    tokio::spawn(async move { drop(connection.await) });
    Ok(client)
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
