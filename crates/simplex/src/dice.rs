//! Owns chance: everything random in the simulation is drawn here, from a seed.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A seeded source of chance.
#[derive(Debug, Clone)]
pub(crate) struct Dice(StdRng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// The same for lengths.
    pub(crate) fn count(&mut self, low: usize, high: usize) -> usize {
        self.0.random_range(low..=high.max(low))
    }

    /// Whether something of this likelihood happens.
    pub(crate) fn chance(&mut self, likelihood: f64) -> bool {
        self.0.random::<f64>() < likelihood
    }

    /// One of several, or the default of none.
    pub(crate) fn pick<T: Clone + Default>(&mut self, of: &[T]) -> T {
        if of.is_empty() {
            return T::default();
        }
        of.get(self.count(0, of.len() - 1)).cloned().unwrap_or_default()
    }

    /// `count` different ones, in chance order.
    pub(crate) fn sample<T: Clone>(&mut self, of: &[T], count: usize) -> Vec<T> {
        let mut all = of.to_vec();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.count(0, at));
        }
    }

    /// Hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: usize) -> String {
        self.word(b"0123456789abcdef", digits)
    }

    /// A text of the given letters.
    pub(crate) fn word(&mut self, letters: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(self.pick(letters))).collect()
    }

    /// A random (version 4) UUID.
    pub(crate) fn uuid(&mut self) -> String {
        uuid::Builder::from_random_bytes(self.0.random()).into_uuid().to_string()
    }
}
