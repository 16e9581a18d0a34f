use std::collections::BTreeMap;

use super::*;
use crate::tests::bench::start;
use crate::{Restart, Simplex};

fn household(sim: &Simplex, seed: u64) -> Crowd {
    Crowd::new(sim.director(), seed, Habits::household()).with_clock(Clock::manual(1000.0))
}

/// Acts, with the crowd's and the simulation's time moving on by so many seconds.
fn act(sim: &Simplex, crowd: &mut Crowd, times: usize, seconds: f64) -> Vec<Option<Deed>> {
    (0..times)
        .map(|_| {
            crowd.clock.advance(seconds);
            sim.director().advance(seconds);
            crowd.act()
        })
        .collect()
}

#[tokio::test]
async fn equal_seeds_make_equal_crowds() {
    let mut stories = Vec::new();
    for seed in [1, 1, 2] {
        let sim = start().await;
        let mut crowd = household(&sim, seed);
        crowd.gather(6);
        let deeds = act(&sim, &mut crowd, 300, 3.0);
        let plays = crowd.ledger().plays().iter().map(|p| (p.user, p.rating_key, p.begun_at, p.left_at));
        stories.push((deeds, plays.collect::<Vec<_>>()));
    }
    assert_eq!(stories[0], stories[1]);
    assert_ne!(stories[0], stories[2]);
}

#[tokio::test]
async fn a_household_does_everything_and_stays_a_household() {
    let sim = start().await;
    let mut crowd = household(&sim, 7);
    crowd.gather(8);
    assert_eq!(crowd.present(), 8);
    assert!(crowd.ledger().plays().iter().filter(|play| play.begun_at > 0).count() > 3, "in the middle");
    let mut done: BTreeMap<Deed, usize> = BTreeMap::new();
    for _ in 0..1500 {
        for deed in act(&sim, &mut crowd, 1, 4.0).into_iter().flatten() {
            *done.entry(deed).or_default() += 1;
        }
        assert!((7..=15).contains(&crowd.present()), "{} watch", crowd.present());
        let mut players: Vec<&str> = crowd.visits.iter().map(|visit| visit.device.as_str()).collect();
        players.sort_unstable();
        players.dedup();
        assert_eq!(players.len(), crowd.present(), "a player plays one thing at a time");
    }
    for (deed, _) in Habits::household().deeds {
        assert!(done.contains_key(&deed), "nobody did {deed:?}: {done:?}");
    }
    let live = crowd.ledger().plays().iter().any(|play| play.taste == Taste::Live);
    assert!(live, "nobody watched television");
}

#[tokio::test]
async fn the_ledger_says_what_the_server_says() {
    let sim = start().await;
    let mut crowd = Crowd::new(sim.director(), 3, Habits::restless(12)).with_clock(Clock::manual(0.0));
    act(&sim, &mut crowd, 400, 1.0);
    let running: BTreeMap<u64, String> = crowd
        .ledger()
        .plays()
        .iter()
        .filter(|play| play.time.to.is_none())
        .map(|play| (play.session_key, play.session_id.clone()))
        .collect();
    assert_eq!(running, sim.director().playing());
    crowd.leave();
    assert!(sim.director().playing().is_empty());
    assert!(crowd.ledger().plays().iter().all(|play| play.time.to.is_some() && play.end.is_some()));
}

#[tokio::test]
async fn plays_of_the_same_can_be_told_apart() {
    let sim = start().await;
    let mut crowd = Crowd::new(sim.director(), 5, Habits::restless(20)).with_clock(Clock::manual(0.0));
    act(&sim, &mut crowd, 3000, 1.0);
    crowd.leave();
    let mut by_item: BTreeMap<(u64, u64), Vec<Spell>> = BTreeMap::new();
    for play in crowd.ledger().plays() {
        by_item.entry((play.user, play.rating_key)).or_default().push(play.time);
    }
    let repeated = by_item.values().filter(|times| times.len() > 1).count();
    assert!(repeated > 20, "only {repeated} were played again");
    for times in by_item.values() {
        for pair in times.windows(2) {
            assert!(pair[1].from - pair[0].to.unwrap() >= 60.0, "{times:?}");
        }
    }
}

#[tokio::test]
async fn a_restart_ends_what_was_played() {
    let sim = start().await;
    let mut crowd = household(&sim, 1);
    crowd.gather(8);
    sim.director().restart(Restart { seconds: 0.0, ..Restart::default() }).await.unwrap();
    crowd.look_round();
    assert_eq!(crowd.present(), 0);
    assert!(crowd.ledger().plays().iter().all(|play| play.end == Some(End::Unasked)));
}

#[test]
fn what_could_be_seen_is_the_longest_piece_between_disturbances() {
    let mut ledger = Ledger::default();
    let play = Watched {
        user: 1,
        rating_key: 1,
        taste: Taste::Movies,
        device: String::new(),
        session_key: 1,
        session_id: String::new(),
        time: Spell { from: 10.0, to: None },
        begun_at: 0,
        left_at: None,
        end: None,
        pauses: Vec::new(),
        waits: Vec::new(),
    };
    let play = ledger.begin(play);
    ledger.disturb("kill", true, 0.0);
    ledger.calm(12.0);
    ledger.disturb("doubled messages", false, 13.0);
    ledger.calm(14.0);
    ledger.wait(play, 17.0);
    ledger.resume(play, 18.0);
    ledger.end(play, 24.0, None, End::Said);
    let play = ledger.plays()[play].clone();
    assert!((ledger.longest(&play, 99.0) - 6.0).abs() < 1e-9);
    let met: Vec<&str> = ledger.disturbing(&play, 99.0).map(|other| other.what.as_str()).collect();
    assert_eq!(met, ["kill", "doubled messages"]);
    ledger.disturb("kill", true, 0.0);
    assert!(ledger.longest(&play, 99.0) <= 0.0, "all of it under a disturbance that lasts");
}
