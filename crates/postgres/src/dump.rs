//! A backup of one database by `pg_dump`, private and whole or not at all.

use crate::account::scrub;
use crate::error::{PostgresError, Result};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// Writes the database at `url` to `file` (mode 0600) in PostgreSQL's custom format; `pg_restore` reads it. The
/// program is taken from `binaries`, or from `PATH` if none; it must not be older than the server. An existing file
/// is replaced only by a complete backup.
///
/// # Errors
/// `Dump` with what `pg_dump` said; `DiskFull`; `Io`.
pub async fn dump(url: &str, file: &Path, binaries: Option<&Path>) -> Result<()> {
    let config: Config = url.parse()?;
    let program = binaries
        .map(|dir| dir.join("pg_dump"))
        .filter(|program| program.is_file())
        .unwrap_or_else(|| PathBuf::from("pg_dump"));
    let mut command = Command::new(&program);
    scrub(&mut command);
    target(&mut command, &config);
    command.args(["--format=custom", "--no-password"]);
    write(command, &program, file).await
}

async fn write(mut command: Command, program: &Path, file: &Path) -> Result<()> {
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let output = create(&partial).map_err(PostgresError::io("write", &partial))?;
    let kept = output.try_clone().map_err(PostgresError::io("write", &partial))?;
    command.stdin(Stdio::null()).stdout(output).stderr(Stdio::piped()).kill_on_drop(true);
    // Not `output()`: that would take the program's output into memory, whatever was said before.
    let done = match command.spawn() {
        Ok(child) => child.wait_with_output().await,
        Err(error) => Err(error),
    };
    let result = done.map_err(PostgresError::io("run", program)).and_then(|done| {
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
            return Err(PostgresError::Dump(format!("{said} ({})", done.status)));
        }
        kept.sync_all().map_err(PostgresError::io("write", &partial))?;
        std::fs::rename(&partial, file).map_err(PostgresError::io("write", file))
    });
    if result.is_err() {
        drop(std::fs::remove_file(&partial));
    }
    result
}

fn create(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Says through the environment which database is meant: arguments can be read by every user of the machine.
fn target(command: &mut Command, config: &Config) {
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        })
        .collect();
    let ports: Vec<String> = config.get_ports().iter().map(ToString::to_string).collect();
    let password = config.get_password().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let ssl = match config.get_ssl_mode() {
        SslMode::Disable => "disable",
        SslMode::Require => "require",
        _ => "prefer",
    };
    let words = [
        ("PGHOST", Some(hosts.join(","))),
        ("PGPORT", Some(ports.join(","))),
        ("PGUSER", config.get_user().map(str::to_owned)),
        ("PGPASSWORD", password),
        ("PGDATABASE", config.get_dbname().map(str::to_owned)),
        ("PGSSLMODE", Some(ssl.to_owned())),
        ("PGCONNECT_TIMEOUT", Some("10".to_owned())),
    ];
    for (name, value) in words {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            command.env(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn keeps_the_password_out_of_the_arguments() {
        let config: Config = "postgresql://ann:s3cret@db.example:6432/plays?sslmode=require".parse().unwrap();
        let mut command = Command::new("pg_dump");
        target(&mut command, &config);
        let env: BTreeMap<String, String> = command
            .as_std()
            .get_envs()
            .filter_map(|(key, value)| Some((key.to_str()?.to_owned(), value?.to_str()?.to_owned())))
            .collect();
        let expected = [
            ("PGCONNECT_TIMEOUT", "10"),
            ("PGDATABASE", "plays"),
            ("PGHOST", "db.example"),
            ("PGPASSWORD", "s3cret"),
            ("PGPORT", "6432"),
            ("PGSSLMODE", "require"),
            ("PGUSER", "ann"),
        ];
        assert_eq!(env, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
        assert_eq!(command.as_std().get_args().count(), 0);
    }
}
