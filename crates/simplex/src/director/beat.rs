//! Owns what happens by itself as time passes: playbacks end, and running ones are reported.

use super::Director;
use crate::clock::wait;
use crate::core::{Core, Sim};

impl Director {
    /// Ends what has played to its end, and reports what runs when it is due.
    pub(crate) fn tick(&self) {
        let mut core = self.sim.core();
        let now = core.now();
        if core.auto_end {
            self.end_finished(&mut core, now);
        }
        if now - core.last_tick < core.interval {
            return;
        }
        core.last_tick = now;
        for session in &core.sessions {
            self.say_playing(session, now, None);
        }
        for session in &core.sessions {
            self.say_transcode(session, now, "update");
        }
    }

    fn end_finished(&self, core: &mut Core, now: f64) {
        let over: Vec<(u64, i64)> = core
            .sessions
            .iter()
            .filter(|session| !session.is_live() && session.duration() != 0)
            .filter(|session| session.position(now) >= session.duration())
            .map(|session| (session.key, session.duration()))
            .collect();
        for (key, length) in over {
            if let Err(error) = self.end(core, key, Some(length), true) {
                tracing::warn!(%error, key, "a finished playback would not end");
            }
        }
    }
}

/// Ticks for ever.
pub(crate) async fn beat(sim: Sim) {
    let director = Director::new(sim);
    loop {
        let pause = {
            let core = director.sim.core();
            (core.interval / core.clock.speed().max(0.001) / 4.0).clamp(0.02, 1.0)
        };
        tokio::time::sleep(wait(pause)).await;
        director.tick();
    }
}
