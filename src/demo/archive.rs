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
use tokio::sync::mpsc;
use tokio::task::block_in_place;
use tokio_util::task::AbortOnDropHandle;

/// How many plays are handed over at a time, and how many such lots may wait.
const LOT: usize = 1000;
const WAITING: usize = 4;

/// A history that is being made. Making ends when this is dropped.
pub struct Archive {
    now: DateTime<Utc>,
    lots: mpsc::Receiver<Vec<Finished>>,
    maker: AbortOnDropHandle<Result<()>>,
}

impl Archive {
    /// Begins to make the history of a world up to `now`. Needs a runtime of several threads.
    pub fn begin(world: Arc<World>, seed: u64, zone: Tz, now: DateTime<Utc>) -> Self {
        let (ready, lots) = mpsc::channel(WAITING);
        let maker = Maker { world, seed, zone, now };
        Self { now, lots, maker: AbortOnDropHandle::new(tokio::spawn(maker.make(ready))) }
    }

    /// Writes all of it as the history of `server`; gives the number of plays. What is there already stays.
    pub async fn write(mut self, database: &Database, server: ServerId) -> Result<usize> {
        let rules = SessionRules::default();
        let mut count = 0;
        let mut conn = database.conn().await?;
        while let Some(mut plays) = self.lots.recv().await {
            plays.iter_mut().for_each(|finished| finished.play.session.server_id = server);
            let batch = BulkBatch { server_id: server, rules: &rules, now: self.now, plays: &plays };
            let written = bulk::write(&mut conn, &batch).await?;
            count += written.new + written.known;
        }
        self.maker.await.map_err(|failure| Error::internal(failure.to_string()))??;
        Ok(count)
    }
}

struct Maker {
    world: Arc<World>,
    seed: u64,
    zone: Tz,
    now: DateTime<Utc>,
}

impl Maker {
    async fn make(self, ready: mpsc::Sender<Vec<Finished>>) -> Result<()> {
        let viewings = block_in_place(|| diary::plan(&self.world, self.seed, self.zone, self.now));
        let mut rehearsal = Rehearsal::open(World::clone(&self.world)).await?;
        let mut chance = Chance::new(self.seed ^ 0x7A9E);
        let rules = SessionRules::default();
        let mut numbers = 1..;
        for lot in viewings.chunks(LOT) {
            let scenes = rehearsal.run(lot).await?;
            let played = block_in_place(|| {
                let kept = lot.iter().filter_map(|viewing| {
                    let scene = scenes.get(&(viewing.subject, viewing.delivery))?;
                    tape::record(viewing, scene, numbers.next()?, &mut chance, &rules)
                });
                kept.collect()
            });
            // Whoever was to write may have been stopped.
            if ready.send(played).await.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}
