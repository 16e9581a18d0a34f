//! Tasks for developers: rewrite what is generated.

use clap::Parser;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Tasks for developers.
#[derive(Debug, Parser)]
enum Task {
    /// Rewrite schema/schema.graphql from the code
    Schema,
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Schema => write_schema(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ =
                std::io::Write::write_all(&mut std::io::stderr(), format!("xtask: {failure}\n").as_bytes());
            ExitCode::FAILURE
        }
    }
}

fn write_schema() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let made = Command::new(program)
        .current_dir(&root)
        .args(["run", "--quiet", "--bin", "tautulli", "--", "schema"])
        .output()?;
    if !made.status.success() {
        return Err(std::io::Error::other(String::from_utf8_lossy(&made.stderr).into_owned()));
    }
    std::fs::write(root.join("schema/schema.graphql"), made.stdout)
}
