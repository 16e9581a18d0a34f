//! This process, as far as the service may tell it to do something: dumps, and starting again.

use super::store;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use tautulli_domain::{Error, Result};
use tautulli_services::upkeep::Host;
use tokio_util::sync::CancellationToken;

/// The running program.
#[derive(Debug)]
pub struct ThisProcess {
    url: SecretString,
    binaries: Option<PathBuf>,
    stop: CancellationToken,
    again: AtomicBool,
}

impl ThisProcess {
    pub fn new(url: SecretString, binaries: Option<PathBuf>, stop: CancellationToken) -> Self {
        Self { url, binaries, stop, again: AtomicBool::new(false) }
    }

    /// Whether it is to start again when it has gone down.
    pub fn is_to_start_again(&self) -> bool {
        self.again.load(Ordering::Relaxed)
    }
}

impl Host for ThisProcess {
    fn dump<'a>(&'a self, file: &'a Path) -> BoxFuture<'a, Result<()>> {
        let dump = async move {
            let done = store::dump(self.url.expose_secret(), file, self.binaries.as_deref()).await;
            done.map_err(|failure| Error::unavailable("The database could not be dumped").because(failure))
        };
        dump.boxed()
    }

    fn restart(&self) {
        self.again.store(true, Ordering::Relaxed);
        self.stop.cancel();
    }
}

/// Becomes the same program again, with the same arguments. Comes back only where that is not possible.
pub fn start_again() -> std::io::Error {
    let program = std::env::current_exe().ok().filter(|path| path.exists());
    let mut args = std::env::args_os();
    let name = args.next().unwrap_or_default();
    Command::new(program.unwrap_or_else(|| name.into())).args(args).exec()
}
