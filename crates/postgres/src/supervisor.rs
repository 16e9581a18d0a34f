//! Owns the server process: restarts it when it dies, ends it when told to. Alone decides about its life.

use crate::account::Account;
use crate::binaries::Binaries;
use crate::config::Config;
use crate::error::Result;
use crate::layout::Layout;
use crate::lock::Lock;
use crate::postmaster::Postmaster;
use rustix::process::Pid;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

const FIRST_DELAY: Duration = Duration::from_millis(20);
const LONGEST_DELAY: Duration = Duration::from_secs(10);
/// A server that lived this long is not in a crash loop.
const STABLE: Duration = Duration::from_secs(30);
const LOG_CHECK: Duration = Duration::from_secs(60);

/// How the cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Accepts connections. `pid` is the server's process.
    Running { pid: i32 },
    /// Died and is being started again; `attempt` counts from 1.
    Restarting { attempt: u32 },
    /// Ended because it was told to, or given up to run on alone.
    Stopped,
}

/// What the owner of the cluster wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Run,
    Stop,
    /// Let the server run on without us.
    Leave,
}

/// Everything that it takes to start the server again.
#[derive(Debug)]
pub(crate) struct Launch {
    pub(crate) config: Config,
    pub(crate) layout: Layout,
    pub(crate) account: Account,
    pub(crate) binaries: Binaries,
}

impl Launch {
    pub(crate) fn spawn(&self) -> Result<Postmaster> {
        Postmaster::spawn(&self.config, &self.layout, &self.account, &self.binaries)
    }
}

/// Field order matters: who waits for the end of the state may take the lock at once.
#[derive(Debug)]
pub(crate) struct Supervisor {
    pub(crate) lock: Lock,
    pub(crate) launch: Launch,
    pub(crate) orders: watch::Receiver<Order>,
    pub(crate) state: watch::Sender<State>,
}

pub(crate) fn running(pid: Pid) -> State {
    State::Running { pid: pid.as_raw_nonzero().get() }
}

impl Supervisor {
    /// Watches over `postmaster` until an order ends it.
    pub(crate) async fn run(mut self, postmaster: Postmaster) -> Result<()> {
        let ended = self.watch(postmaster).await;
        self.state.send_replace(State::Stopped);
        let Self { lock, state, .. } = self;
        drop(lock);
        drop(state);
        ended
    }

    async fn watch(&mut self, mut postmaster: Postmaster) -> Result<()> {
        let mut attempt = 0;
        let mut since = Instant::now();
        let mut log_check = interval(LOG_CHECK);
        log_check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let end = tokio::select! {
                biased;
                order = ordered(&mut self.orders) => return self.finish(order, postmaster).await,
                end = postmaster.exited() => end,
                _ = log_check.tick() => {
                    self.launch.layout.log.rotate();
                    continue;
                }
            };
            tracing::error!(%end, "the database died; starting it again");
            attempt = if since.elapsed() > STABLE { 0 } else { attempt };
            match self.restart(&mut attempt).await? {
                Some(started) => postmaster = started,
                None => return Ok(()),
            }
            since = Instant::now();
        }
    }

    /// Starts the server again, as often as it takes. None when an order came meanwhile; then nothing runs.
    async fn restart(&mut self, attempt: &mut u32) -> Result<Option<Postmaster>> {
        loop {
            *attempt = attempt.saturating_add(1);
            self.state.send_replace(State::Restarting { attempt: *attempt });
            tokio::select! {
                biased;
                _ = ordered(&mut self.orders) => return Ok(None),
                () = sleep(delay(*attempt)) => {}
            }
            match self.attempt().await {
                Ok(Some(postmaster)) => {
                    tracing::info!(pid = %postmaster.pid, attempt = *attempt, "the database is back");
                    self.state.send_replace(running(postmaster.pid));
                    return Ok(Some(postmaster));
                }
                Ok(None) => return Ok(None),
                Err(error) => {
                    tracing::error!(attempt = *attempt, %error, "the database could not be started")
                }
            }
        }
    }

    /// One start. None when an order came meanwhile; then nothing runs.
    async fn attempt(&mut self) -> Result<Option<Postmaster>> {
        let mut postmaster = self.launch.spawn()?;
        let limit = self.launch.config.start_timeout;
        let ready = tokio::select! {
            biased;
            _ = ordered(&mut self.orders) => None,
            ready = postmaster.ready(limit, &self.launch.layout) => Some(ready),
        };
        match ready {
            Some(Ok(())) => Ok(Some(postmaster)),
            Some(Err(error)) => {
                postmaster.shutdown(self.launch.config.stop_timeout).await?;
                Err(error)
            }
            None => {
                postmaster.shutdown(self.launch.config.stop_timeout).await?;
                Ok(None)
            }
        }
    }

    async fn finish(&self, order: Order, mut postmaster: Postmaster) -> Result<()> {
        if order == Order::Leave {
            tracing::info!(pid = %postmaster.pid, "the database runs on");
            return Ok(());
        }
        postmaster.shutdown(self.launch.config.stop_timeout).await?;
        tracing::info!("the database has ended");
        Ok(())
    }
}

/// Waits for an order other than to run. An owner that vanished wants the end.
async fn ordered(orders: &mut watch::Receiver<Order>) -> Order {
    match orders.wait_for(|order| *order != Order::Run).await {
        Ok(order) => *order,
        Err(_) => Order::Stop,
    }
}

/// How long to wait before start number `attempt`.
fn delay(attempt: u32) -> Duration {
    FIRST_DELAY.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_every_time_up_to_a_bound() {
        assert_eq!(delay(1), FIRST_DELAY);
        assert_eq!(delay(2), FIRST_DELAY * 2);
        assert_eq!(delay(40), LONGEST_DELAY);
        assert_eq!(delay(u32::MAX), LONGEST_DELAY);
    }
}
