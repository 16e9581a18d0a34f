//! Two years of history: made in the background while the database starts, written in bulk as soon as it is there.

use super::chance::Chance;
use super::diary;
use super::rehearsal::Rehearsal;
use super::tape;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_db::journal::bulk::{self, BulkBatch, Finished};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{Error, Result, ServerId};
use tautulli_simplex::World;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How many plays are handed over at a time, and how many such lots may wait.
const LOT: usize = 1000;
const WAITING: usize = 3;

/// A history that is being made.
pub struct Archive {
    now: DateTime<Utc>,
    server: oneshot::Sender<ServerId>,
    lots: mpsc::Receiver<Vec<Finished>>,
    maker: JoinHandle<Result<()>>,
}

impl Archive {
    /// Begins to make the history of a world up to `now`.
    pub fn begin(world: Arc<World>, seed: u64, zone: Tz, now: DateTime<Utc>) -> Self {
        let (server, told) = oneshot::channel();
        let (ready, lots) = mpsc::channel(WAITING);
        let maker = tokio::task::spawn_blocking(move || make(&world, seed, zone, now, told, &ready));
        Self { now, server, lots, maker }
    }

    /// Writes all of it as the history of `server`; gives the number of plays. What is there already stays.
    pub async fn write(mut self, database: &Database, server: ServerId) -> Result<usize> {
        // A maker that has failed does not listen any more, and is asked why below.
        let _ = self.server.send(server);
        let rules = SessionRules::default();
        let mut count = 0;
        let mut conn = database.conn().await?;
        while let Some(plays) = self.lots.recv().await {
            let batch = BulkBatch { server_id: server, rules: &rules, now: self.now, plays: &plays };
            let written = bulk::write(&mut conn, &batch).await?;
            count += written.new + written.known;
        }
        self.maker.await.map_err(|failure| Error::internal(failure.to_string()))??;
        Ok(count)
    }
}

fn make(
    world: &World,
    seed: u64,
    zone: Tz,
    now: DateTime<Utc>,
    server: oneshot::Receiver<ServerId>,
    ready: &mpsc::Sender<Vec<Finished>>,
) -> Result<()> {
    let viewings = diary::plan(world, seed, zone, now);
    let runtime = Handle::current();
    let scenes = runtime.block_on(async { Rehearsal::open(world.clone()).await?.run(&viewings).await })?;
    let Ok(server) = server.blocking_recv() else { return Ok(()) };
    let mut chance = Chance::new(seed ^ 0x7A9E);
    let rules = SessionRules::default();
    let mut numbers = 1..;
    for lot in viewings.chunks(LOT) {
        let played = lot.iter().filter_map(|viewing| {
            let scene = scenes.get(&(viewing.subject, viewing.delivery))?;
            tape::record(viewing, scene, server, numbers.next()?, &mut chance, &rules)
        });
        // Whoever was to write may have been stopped.
        if ready.blocking_send(played.collect()).is_err() {
            return Ok(());
        }
    }
    Ok(())
}
