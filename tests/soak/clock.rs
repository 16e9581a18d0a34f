//! The clock of the service jumps while people watch: nothing is split, lost, or given an hour that nobody watched.

use crate::support::{TestApp, until};
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tautulli_domain::{Clock, SystemClock};
use tautulli_simplex::{Fault, ItemKind, Options, Preset, Scale, Simplex, Start, World};
use tautulli_testkit::TestDatabase;

/// The system's clock after somebody has set it.
#[derive(Debug, Default)]
struct Shifted(AtomicI64);

impl Clock for Shifted {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + Duration::seconds(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_of_the_clock_splits_nothing() {
    for jump in [3_600, -600] {
        let clock = Arc::new(Shifted::default());
        let plex = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await.unwrap();
        let app = TestApp::under(plex, TestDatabase::create().await.unwrap(), &[], clock.clone()).await;
        let (admin, director) = (app.admin(), app.director());
        let movie = director.world(|world| world.of_kind(ItemKind::Movie, None).next().unwrap().rating_key);
        let start = Start::item(movie).user(1_000_001).decision(Preset::DirectPlay);
        let key = director.start(&start).unwrap().session_key;
        let seen = async |count: u64| {
            until("the session", async || {
                let activity =
                    admin.data("{ activity { streamCount sessions { id } } }").await["activity"].clone();
                (activity["streamCount"] == count).then(|| activity["sessions"][0]["id"].clone())
            })
            .await
        };
        let before = seen(1).await;
        // A delay of nothing counts the looks.
        director.fault(Fault { delay: 0.0, ..Fault::new("slow", "^/status/sessions") }).unwrap();
        clock.0.store(jump, Ordering::SeqCst);
        until("looks under the new clock", async || (director.fault_hits() > 5).then_some(())).await;
        assert_eq!(seen(1).await, before, "after {jump} s it is another session");
        director.stop(key, None, true).unwrap();
        seen(0).await;
        let query =
            "{ history(grouped: false, first: 10) { nodes { play { played startedAt stoppedAt } } } }";
        let plays = until("the play", async || {
            let plays = admin.data(query).await["history"]["nodes"].as_array().unwrap().clone();
            (!plays.is_empty()).then_some(plays)
        })
        .await;
        assert_eq!(plays.len(), 1, "{plays:?}");
        let played = plays[0]["play"]["played"].as_f64().unwrap();
        assert!((0.0..60_000.0).contains(&played), "after {jump} s it was played for {played}: {plays:?}");
        app.stop().await;
    }
}
