//! The program: reads the command line, runs one command, and ends with a code that scripts can use.

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;
use tautulli::boot::{self, Failure};
use tautulli::config::Cli;

/// An import makes things on one thread and lets go of them on another, which costs the system's allocator as much as the work.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match boot::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

/// The last word of a failed run; the log may not exist yet.
fn report(failure: &Failure) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "tautulli: {failure}");
    failure.code()
}
