//! Makes the data folder, whole or not at all. Starts no server.

use crate::account::Account;
use crate::binaries::Binaries;
use crate::config::Profile;
use crate::error::{PostgresError, Result};
use crate::layout::Layout;
use crate::socket::USER;
use std::fs::{self, File};
use std::path::Path;
use std::process::Output;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(180);

/// Runs `initdb` beside the final place and moves the result there: a crash in between leaves only `data.new`,
/// which the next attempt removes.
pub(crate) async fn create(
    layout: &Layout,
    account: &Account,
    binaries: &Binaries,
    profile: Profile,
) -> Result<()> {
    let unfinished = layout.dir.join("data.new");
    let mut output = Output { status: Default::default(), stdout: Vec::new(), stderr: Vec::new() };
    // C.UTF-8 sorts by code point and knows all letters; systems without it still have C, which knows ASCII's.
    for locale in ["C.UTF-8", "C"] {
        discard(&unfinished)?;
        output = run(&unfinished, layout, account, binaries, (profile, locale)).await?;
        if output.status.success() || !String::from_utf8_lossy(&output.stderr).contains("locale") {
            break;
        }
    }
    if !output.status.success() {
        discard(&unfinished)?;
        return Err(failure(&output, &layout.dir));
    }
    fs::rename(&unfinished, &layout.data).map_err(PostgresError::io("move into place", &unfinished))?;
    if profile == Profile::Service {
        let synced = File::open(&layout.dir).and_then(|dir| dir.sync_all());
        synced.map_err(PostgresError::io("write", &layout.dir))?;
    }
    tracing::info!(data = %layout.data.display(), version = binaries.major, "created the database");
    Ok(())
}

async fn run(
    target: &Path,
    layout: &Layout,
    account: &Account,
    binaries: &Binaries,
    (profile, locale): (Profile, &str),
) -> Result<Output> {
    let program = binaries.program("initdb");
    let mut command = account.command(&program, &layout.dir);
    command.arg("-D").arg(target).args(["-U", USER, "-E", "UTF8", "--no-instructions"]);
    // Whoever can enter the socket's folder (mode 0700) is trusted; nothing listens on the network.
    command.args(["--auth-local=trust", "--auth-host=reject"]).arg(format!("--locale={locale}"));
    command.arg(match profile {
        Profile::Service => "--data-checksums",
        Profile::Test => "--no-sync",
    });
    command.kill_on_drop(true);
    let output = tokio::time::timeout(TIMEOUT, command.output()).await.map_err(|_| PostgresError::Timeout)?;
    output.map_err(PostgresError::io("run", &program))
}

fn discard(unfinished: &Path) -> Result<()> {
    match fs::remove_dir_all(unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(PostgresError::io("remove", unfinished)(error))
        }
        _ => Ok(()),
    }
}

fn failure(output: &Output, dir: &Path) -> PostgresError {
    let text = String::from_utf8_lossy(&output.stderr);
    if text.contains("No space left on device") {
        return PostgresError::DiskFull(dir.to_path_buf());
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(8).collect();
    PostgresError::Initdb(format!("{} ({})", lines.join("; "), output.status))
}
