//! Seeded chance. Equal seeds draw equal sequences.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub struct Chance(StdRng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// Whether something of this likelihood happens.
    pub fn happens(&mut self, likelihood: f64) -> bool {
        self.0.random::<f64>() < likelihood
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// Around `mean`, seldom further than `spread` from it: the sum of three dice.
    pub fn around(&mut self, mean: f64, spread: f64) -> f64 {
        let sum: f64 = (0..3).map(|_| self.0.random_range(-1.0..1.0)).sum();
        mean + spread * sum / 1.5
    }

    /// One of several; `None` of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.0.random_range(0..of.len())) }
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.0.random_range(0..=at));
        }
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.0.random()
    }
}
