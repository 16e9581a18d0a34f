//! The plan is possible: nobody is in two places, nothing is played before it is there, offsets lie within their items.

use super::*;
use std::collections::BTreeSet;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn household(seed: u64) -> World {
    World::household(seed, now().timestamp())
}

fn planned(world: &World, seed: u64) -> Vec<Viewing<'_>> {
    plan(world, seed, chrono_tz::Europe::Berlin, now())
}

/// Whether stretches of time that belong together do not overlap.
fn disjoint(mut stretches: Vec<(DateTime<Utc>, DateTime<Utc>)>) -> bool {
    stretches.sort_unstable();
    stretches.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

#[test]
fn nobody_is_in_two_places_and_no_player_is_shared() {
    for seed in [1, 7, 99] {
        let world = household(seed);
        let mut of_users: BTreeMap<u64, Vec<_>> = BTreeMap::new();
        let mut of_players: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let viewings = planned(&world, seed);
        for viewing in &viewings {
            let stretch = (viewing.started_at, viewing.stopped_at());
            of_users.entry(viewing.user.user_id).or_default().push(stretch);
            of_players.entry(&viewing.device.machine_id).or_default().push(stretch);
        }
        assert_eq!(of_users.len(), HABITS.len(), "everyone watches something");
        assert!(of_users.into_values().all(disjoint));
        assert!(of_players.into_values().all(disjoint));
    }
}

#[test]
fn every_viewing_is_possible() {
    let world = household(7);
    for viewing in planned(&world, 7) {
        assert!(viewing.from_ms >= 0 && viewing.from_ms < viewing.to_ms, "{viewing:?}");
        let inside = viewing.from_ms..=viewing.to_ms;
        assert!(viewing.pauses.iter().all(|(at, length)| inside.contains(at) && *length > 0), "{viewing:?}");
        assert!(viewing.stall.is_none_or(|at| inside.contains(&at)), "{viewing:?}");
        if let Subject::Item(key) = viewing.subject {
            let item = &world.items[&key];
            assert!(viewing.to_ms <= item.about.duration.unwrap(), "{viewing:?}");
            assert!(item.about.added_at < viewing.started_at.timestamp(), "played before it was there");
            assert!(viewing.user.shared_sections.contains(&item.section_id), "{viewing:?}");
        }
    }
}

#[test]
fn two_years_of_a_household_up_to_now() {
    let world = household(7);
    let viewings = planned(&world, 7);
    assert!((10_000..20_000).contains(&viewings.len()), "{}", viewings.len());
    assert!(viewings.is_sorted_by_key(Viewing::stopped_at));
    assert!(viewings.iter().all(|viewing| viewing.stopped_at() < now()));
    let first = viewings.iter().map(|viewing| viewing.started_at).min().unwrap();
    assert!((725..=732).contains(&(now() - first).num_days()), "{first}");
    let count = |from: i64, to: i64| {
        let within = |viewing: &&Viewing<'_>| (from..to).contains(&(now() - viewing.started_at).num_days());
        viewings.iter().filter(within).count()
    };
    assert!(count(0, 120) > count(610, 730), "friends have joined");
    let deliveries: BTreeSet<_> = viewings.iter().map(|viewing| viewing.delivery).collect();
    assert!(deliveries.len() >= 8, "{deliveries:?}");
}

#[test]
fn equal_seeds_make_equal_diaries() {
    let world = household(3);
    assert!(planned(&world, 3) == planned(&world, 3));
    assert!(planned(&world, 3) != planned(&world, 4));
}
