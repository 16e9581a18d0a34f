//! How long to wait before trying again. Pure: the caller sleeps, and brings the randomness.

use rand::Rng;
use std::time::Duration;

/// Doubles from `base` to `cap`; each wait is drawn from its upper half, so that many clients do not return together.
#[derive(Debug, Clone)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
    attempt: u32,
}

impl Backoff {
    pub fn new(base: Duration, cap: Duration) -> Self {
        Self { base, cap, attempt: 0 }
    }

    /// The wait before the next try: between half of and the whole of `min(base × 2ⁿ, cap)`.
    pub fn next_wait(&mut self, rng: &mut impl Rng) -> Duration {
        let whole =
            self.base.saturating_mul(1_u32.checked_shl(self.attempt).unwrap_or(u32::MAX)).min(self.cap);
        self.attempt = self.attempt.saturating_add(1);
        whole.mul_f64(rng.random_range(0.5..=1.0))
    }

    /// Waits taken since the start or the last [`Backoff::reset`].
    pub fn attempts(&self) -> u32 {
        self.attempt
    }

    /// It worked: the next failure waits briefly again.
    pub fn reset(&mut self) {
        self.attempt = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::SmallRng};

    proptest! {
        #[test]
        fn waits_grow_to_the_cap_and_never_leave_their_half(seed: u64, base_ms in 1_u64..5_000, cap_ms in 1_u64..600_000) {
            let mut rng = SmallRng::seed_from_u64(seed);
            let mut backoff = Backoff::new(Duration::from_millis(base_ms), Duration::from_millis(cap_ms));
            for n in 0..70_u32 {
                let whole = (u128::from(base_ms) << n.min(40)).min(u128::from(cap_ms));
                let wait = backoff.next_wait(&mut rng).as_micros();
                prop_assert!(wait <= whole * 1000, "{wait} > {whole}");
                prop_assert!(wait + 1 >= whole * 500, "{wait} < half of {whole}");
            }
            prop_assert_eq!(backoff.attempts(), 70);
            backoff.reset();
            prop_assert!(backoff.next_wait(&mut rng) <= Duration::from_millis(base_ms.min(cap_ms)));
        }
    }
}
