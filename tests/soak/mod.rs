//! A storm over a full house: everything dies, lies and stalls while people watch; then the history is held against the truth.
//!
//! `make soak` runs it long. `SOAK_SEED`, `SOAK_MOMENTS` and `SOAK_STREAMS` choose another story; the seed is printed.

mod clock;
mod house;
mod judge;
mod kept;
mod storm;

use house::House;
use judge::Verdict;
use rand::SeedableRng;
use rand::rngs::StdRng;

const SEED: u64 = 20_261_123;
/// What a run among other tests has time for.
const MOMENTS: u64 = 10;
const STREAMS: u64 = 12;

fn setting(name: &str, usual: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {text:?}")),
        Err(_) => usual,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_play_is_lost_doubled_or_left_open_in_a_storm() {
    let seed = setting("SOAK_SEED", SEED);
    let (moments, streams) = (setting("SOAK_MOMENTS", MOMENTS), setting("SOAK_STREAMS", STREAMS));
    println!("SOAK_SEED={seed} SOAK_MOMENTS={moments} SOAK_STREAMS={streams}");
    let mut house = House::open(seed, usize::try_from(streams).unwrap()).await;
    let mut random = StdRng::seed_from_u64(seed);
    for number in 0..moments {
        house.live(storm::quiet(number, &mut random)).await;
        let moment = storm::Moment::choose(&mut random);
        println!("{:7.1} s, {number}: {moment:?}, {} watch", house.age(), house.crowd.present());
        storm::strike(&mut house, moment, &mut random).await;
    }
    house.live(storm::CALM).await;
    house.crowd.leave();
    house.settle().await;
    let kept = house.kept().await;
    let verdict = Verdict::of(house.crowd.ledger(), &kept, house.crowd.now());
    println!("{}", verdict.summary());
    assert!(verdict.is_well(), "SOAK_SEED={seed} SOAK_MOMENTS={moments} SOAK_STREAMS={streams}\n{verdict}");
    house.close().await;
}
