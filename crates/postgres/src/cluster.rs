//! The cluster as its owner sees it. The work is done by the supervisor.

use crate::account::Account;
use crate::binaries::Search;
use crate::config::Config;
use crate::database;
use crate::dump::dump;
use crate::error::Result;
use crate::initdb;
use crate::layout::Layout;
use crate::postmaster::{Postmaster, send};
use crate::socket;
use crate::supervisor::{Launch, Order, State, Supervisor, running};
use rustix::process::{Pid, Signal};
use std::path::{Path, PathBuf};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;

/// A running private cluster. Dropped without [`Cluster::stop`] it is told to end, without waiting; if the whole
/// process is killed it runs on, and the next start takes it over.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    binaries: PathBuf,
    orders: watch::Sender<Order>,
    state: watch::Receiver<State>,
    supervisor: Mutex<Option<JoinHandle<Result<()>>>>,
}

impl Cluster {
    /// Makes the cluster in `config.dir` if there is none, starts it or takes over the one that runs there already,
    /// waits until it accepts connections, and watches over it from then on: it is started again when it dies.
    ///
    /// # Errors
    /// Every message of [`crate::PostgresError`] says what to do about it.
    pub async fn start(config: Config) -> Result<Self> {
        let account = Account::of_process()?;
        let (layout, lock) = Layout::prepare(&config, &account)?;
        let adopted = Postmaster::adopt(&layout.data).await?;
        let version = layout.version()?;
        let binaries = Search::system(config.binaries.clone()).find(version, &layout.data).await?;
        let launch = Launch { config, layout, account, binaries };
        let postmaster = match adopted {
            Some(postmaster) => {
                tracing::info!(pid = %postmaster.pid, "took over a database that runs already");
                postmaster
            }
            None => first_start(&launch, version).await?,
        };
        let (state, states) = watch::channel(running(postmaster.pid));
        let (order, orders) = watch::channel(Order::Run);
        let socket_dir = postmaster.socket_dir.clone();
        let binaries = launch.binaries.dir.clone();
        let supervisor = Supervisor { lock, launch, orders, state };
        let task = tokio::spawn(supervisor.run(postmaster));
        Ok(Self { socket_dir, binaries, orders: order, state: states, supervisor: Mutex::new(Some(task)) })
    }

    /// The URL of `database`, over the unix socket: `postgresql:///name?host=%2Fpath&user=tautulli`.
    pub fn url(&self, database: &str) -> String {
        socket::url(&self.socket_dir, database)
    }

    /// The folder of the server's programs.
    pub fn binaries(&self) -> &Path {
        &self.binaries
    }

    /// How the cluster is, now and as it changes.
    pub fn state(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// Creates the database `name` unless it exists.
    ///
    /// # Errors
    /// `Database` when the server refuses, `Timeout` when it does not answer.
    pub async fn ensure_database(&self, name: &str) -> Result<()> {
        database::ensure(&self.socket_dir, name).await
    }

    /// Backs `database` up to `file`; see [`dump()`].
    ///
    /// # Errors
    /// `Dump` with what `pg_dump` said; `DiskFull`; `Io`.
    pub async fn pg_dump(&self, database: &str, file: &Path) -> Result<()> {
        dump(&self.url(database), file, Some(&self.binaries)).await
    }

    /// Ends the cluster: open transactions are rolled back, everything committed is on disk. Once is enough.
    ///
    /// # Errors
    /// `Unstoppable` when the server does not end even when killed.
    pub async fn stop(&self) -> Result<()> {
        self.end(Order::Stop).await
    }

    /// Gives the cluster up but lets it run; the next [`Cluster::start`] on its folder takes it over.
    ///
    /// # Errors
    /// None while it runs; the last failure to start it if it was down just then.
    pub async fn leave_running(self) -> Result<()> {
        self.end(Order::Leave).await
    }

    async fn end(&self, order: Order) -> Result<()> {
        self.orders.send_if_modified(|now| {
            let first = *now == Order::Run;
            if first {
                *now = order;
            }
            first
        });
        match self.supervisor.lock().await.take() {
            Some(task) => task.await.unwrap_or(Ok(())),
            None => Ok(()),
        }
    }
}

/// The URL of `database` in the cluster that another process runs in `dir` (as in [`Config::dir`]); `None` where none runs.
///
/// # Errors
/// As for [`Cluster::start`], of what runs there.
pub async fn url_of_running(dir: &Path, database: &str) -> Result<Option<String>> {
    let postmaster = Postmaster::adopt(&dir.join("data")).await?;
    Ok(postmaster.map(|found| socket::url(&found.socket_dir, database)))
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The supervisor may be gone with its runtime; the signal does its work without it.
        if *self.orders.borrow() == Order::Run
            && let State::Running { pid } = *self.state.borrow()
            && let Some(pid) = Pid::from_raw(pid)
        {
            send(pid, Signal::INT);
        }
        self.orders.send_if_modified(|order| std::mem::replace(order, Order::Stop) == Order::Run);
    }
}

/// The first start of this process: makes the data where there is none.
async fn first_start(launch: &Launch, version: Option<u32>) -> Result<Postmaster> {
    let Launch { config, layout, account, binaries } = launch;
    match version {
        None => initdb::create(layout, account, binaries, config.profile).await?,
        Some(_) => layout.own_data(account)?,
    }
    let mut postmaster = launch.spawn()?;
    if let Err(error) = postmaster.ready(config.start_timeout, layout).await {
        postmaster.shutdown(config.stop_timeout).await?;
        return Err(error);
    }
    Ok(postmaster)
}

#[cfg(test)]
mod tests;
