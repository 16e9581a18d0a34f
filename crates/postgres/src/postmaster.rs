//! One running server process: started by us or adopted from a predecessor, waited for, told to end.

use crate::account::Account;
use crate::binaries::Binaries;
use crate::config::Config;
use crate::database;
use crate::error::{PostgresError, Result};
use crate::layout::Layout;
use crate::pidfile::{self, PidFile};
use rustix::process::{Pid, Signal, kill_process};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Child;
use tokio::time::{Instant, sleep, timeout};

/// How often a server that starts is looked at. Nothing announces readiness, and people wait for it.
const READY_POLL: Duration = Duration::from_millis(3);
/// How often an adopted server, which is nobody's child that we know of, is looked at.
const ALIVE_POLL: Duration = Duration::from_millis(50);
/// How long a server that runs already may take to answer.
const ADOPTION_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a server may take to quit at once, and then to be killed.
const QUIT_TIMEOUT: Duration = Duration::from_secs(10);

/// How many bytes glibc leaves with a backend that has given them back: what a sort may take. By itself it hands larger pieces to the
/// kernel at once, and asks for each of their pages anew with the next question, which takes a tenth to a sixth of the time of a graph.
const KEPT_MEMORY: &str = "8388608";

/// A server process.
#[derive(Debug)]
pub(crate) struct Postmaster {
    pub(crate) pid: Pid,
    pub(crate) socket_dir: PathBuf,
    data: PathBuf,
    child: Option<Child>,
    /// Where in the log (bytes) this server's words begin.
    log_start: u64,
}

impl Postmaster {
    /// Starts a server; it is not ready yet. In its own process group, so that Ctrl-C in a terminal reaches only us
    /// and the service can finish its work before the database goes.
    pub(crate) fn spawn(
        config: &Config,
        layout: &Layout,
        account: &Account,
        binaries: &Binaries,
    ) -> Result<Self> {
        pidfile::clear_stale(&layout.data, &layout.socket_dir);
        let (log, log_start) = layout.log.open(account)?;
        let copy = log.try_clone().map_err(PostgresError::io("open", layout.log.path()))?;
        let program = binaries.program("postgres");
        let mut command = account.command(&program, &layout.dir);
        for name in ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"] {
            if std::env::var_os(name).is_none() {
                command.env(name, KEPT_MEMORY);
            }
        }
        command.arg("-D").arg(&layout.data);
        command.arg("-c").arg(setting("unix_socket_directories", &layout.socket_dir.to_string_lossy()));
        for (name, value) in config.profile.settings() {
            command.arg("-c").arg(setting(name, value));
        }
        for (name, value) in &config.settings {
            command.arg("-c").arg(setting(name, value));
        }
        command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(copy);
        let child = command.spawn().map_err(PostgresError::io("run", &program))?;
        let pid = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let pid =
            pid.ok_or_else(|| PostgresError::startup("it ended at once".to_owned(), layout.log.path()))?;
        let (socket_dir, data) = (layout.socket_dir.clone(), layout.data.clone());
        Ok(Self { pid, socket_dir, data, child: Some(child), log_start })
    }

    /// Takes over a server that runs on this data already, because the process that started it was killed.
    pub(crate) async fn adopt(data: &Path) -> Result<Option<Self>> {
        let deadline = Instant::now() + ADOPTION_TIMEOUT;
        loop {
            let Some(file) = PidFile::read(data) else { return Ok(None) };
            if !pidfile::inhabits(file.pid, data) {
                return Ok(None);
            }
            if let Some(socket_dir) = file.socket_dir
                && database::answers(&socket_dir).await
            {
                let data = data.to_path_buf();
                return Ok(Some(Self { pid: file.pid, socket_dir, data, child: None, log_start: 0 }));
            }
            if Instant::now() >= deadline {
                let pid = file.pid.as_raw_nonzero().get();
                return Err(PostgresError::Unresponsive { data: data.to_path_buf(), pid });
            }
            sleep(READY_POLL).await;
        }
    }

    /// Waits until the server accepts connections, crash recovery included.
    pub(crate) async fn ready(&mut self, limit: Duration, layout: &Layout) -> Result<()> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(end) = self.ended() {
                let said = layout.log.tail(self.log_start);
                return Err(PostgresError::startup(format!("{said} ({end})"), layout.log.path()));
            }
            let ready = PidFile::read(&self.data).is_some_and(|file| file.pid == self.pid && file.ready);
            if ready && database::answers(&self.socket_dir).await {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let said = layout.log.tail(self.log_start);
                let detail = format!("not ready after {} s; {said}", limit.as_secs());
                return Err(PostgresError::startup(detail, layout.log.path()));
            }
            sleep(READY_POLL).await;
        }
    }

    /// How the server ended, if it did.
    fn ended(&mut self) -> Option<String> {
        match &mut self.child {
            Some(child) => child.try_wait().ok().flatten().map(|status| status.to_string()),
            None => (!pidfile::inhabits(self.pid, &self.data)).then(|| "it went away".to_owned()),
        }
    }

    /// Waits until the server has ended and says how.
    pub(crate) async fn exited(&mut self) -> String {
        if let Some(child) = &mut self.child {
            return match child.wait().await {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            };
        }
        loop {
            if let Some(end) = self.ended() {
                return end;
            }
            sleep(ALIVE_POLL).await;
        }
    }

    /// Ends the server: politely, then at once, then by force.
    pub(crate) async fn shutdown(&mut self, polite: Duration) -> Result<()> {
        for (signal, limit) in
            [(Signal::INT, polite), (Signal::QUIT, QUIT_TIMEOUT), (Signal::KILL, QUIT_TIMEOUT)]
        {
            if self.ended().is_some() {
                return Ok(());
            }
            if signal != Signal::INT {
                tracing::warn!(pid = %self.pid, ?signal, "the database did not end in time");
            }
            send(self.pid, signal);
            if timeout(limit, self.exited()).await.is_ok() {
                return Ok(());
            }
        }
        Err(PostgresError::Unstoppable(self.pid.as_raw_nonzero().get()))
    }
}

/// Sends `signal`; a process that is gone already is no failure.
pub(crate) fn send(pid: Pid, signal: Signal) {
    if let Err(error) = kill_process(pid, signal) {
        tracing::debug!(%pid, %error, "signal not delivered");
    }
}

fn setting(name: &str, value: &str) -> String {
    format!("{name}={value}")
}
