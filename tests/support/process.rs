//! The real binary as a process of its own, to be killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A running service with a data folder.
pub struct Service {
    child: Child,
}

/// The binary with a clean environment, a data folder and more variables. `TAUTULLI_BIN` names another one.
pub fn command(datadir: &Path, env: &[(&str, String)]) -> Command {
    let binary = std::env::var_os("TAUTULLI_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_tautulli").into());
    let mut command = Command::new(binary);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TAUTULLI_DATADIR", datadir).envs(env.iter().map(|(key, value)| (key, value)));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    command
}

impl Service {
    pub fn start(datadir: &Path, env: &[(&str, String)]) -> Self {
        let mut command = command(datadir, env);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self { child: command.spawn().unwrap() }
    }

    /// SIGKILL, at once.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and the code it ends with.
    pub fn terminate(mut self) -> Option<i32> {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the binary to its end.
pub fn run(datadir: &Path, arguments: &[&str], env: &[(&str, String)]) -> Output {
    command(datadir, env).args(arguments).output().unwrap()
}

/// A folder that the database's user may enter.
pub fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::Builder::new().prefix("tautulli-test-").tempdir_in("/tmp").unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    dir
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The number of the database's main process of a data folder.
pub fn postmaster(datadir: &Path) -> Option<i32> {
    let file: PathBuf = datadir.join("postgres/data/postmaster.pid");
    std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
}
