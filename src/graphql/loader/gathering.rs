//! Keys of one relation that fields ask for at the same time, read together.
//!
//! Nothing waits for a clock: fields of one answer are resolved by one task in turns, so whoever has asked in this turn is
//! complete when the task comes round again. Knows nothing of what is read.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use tautulli_domain::Error;
use tokio::sync::OnceCell;

/// What reads the values of keys; keys without a value are absent.
pub(super) trait Read<K, V> {
    fn read(&self, keys: Vec<K>) -> impl Future<Output = Result<HashMap<K, V>, Arc<Error>>> + Send;
}

/// A relation.
pub(super) struct Gathering<K, V>(Mutex<Arc<Turn<K, V>>>);

/// Values by key; each is shared by all who asked for it.
type Found<K, V> = HashMap<K, Arc<V>>;

/// Those who ask in one turn.
struct Turn<K, V> {
    keys: Mutex<HashSet<K>>,
    values: OnceCell<Result<Found<K, V>, Arc<Error>>>,
}

impl<K, V> Default for Turn<K, V> {
    fn default() -> Self {
        Self { keys: Mutex::default(), values: OnceCell::new() }
    }
}

impl<K, V> Default for Gathering<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash, V> Gathering<K, V> {
    /// The value of a key, read by `reader` together with all others that are asked for in the same turn.
    pub(super) async fn one(&self, key: K, reader: &impl Read<K, V>) -> Result<Option<Arc<V>>, Arc<Error>> {
        let turn = self.join(key);
        tokio::task::yield_now().await;
        self.close(&turn);
        let read = async || {
            let keys = turn.keys.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
            // In a box, since one of those who ask reads for all: the future of each field would have room for it otherwise.
            let found = Box::pin(reader.read(keys)).await?;
            Ok(found.into_iter().map(|(key, value)| (key, Arc::new(value))).collect())
        };
        let values = turn.values.get_or_init(read).await;
        values.as_ref().map(|values| values.get(&key).map(Arc::clone)).map_err(Arc::clone)
    }

    fn join(&self, key: K) -> Arc<Turn<K, V>> {
        let turn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turn.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        turn.clone()
    }

    /// Whoever asks from now on is of another turn.
    fn close(&self, turn: &Arc<Turn<K, V>>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&open, turn) {
            *open = Arc::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Doubles what is even, and counts how often it was asked.
    #[derive(Default)]
    struct Doubler {
        asked: AtomicUsize,
        fails: bool,
    }

    impl Read<u32, u32> for Doubler {
        async fn read(&self, keys: Vec<u32>) -> Result<HashMap<u32, u32>, Arc<Error>> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.fails {
                return Err(Arc::new(Error::forbidden()));
            }
            Ok(keys.into_iter().filter(|key| key % 2 == 0).map(|key| (key, key * 2)).collect())
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_asked_in_one_turn_is_read_once() {
        let (gathering, doubler) = (Gathering::default(), Doubler::default());
        // As deep as fields of fields are, and more of them than are polled at once.
        let rows = (0..200).map(|row| {
            let (gathering, doubler) = (&gathering, &doubler);
            join_all((0..3).map(move |field| gathering.one(row + field, doubler)))
        });
        for (row, fields) in (0..).zip(join_all(rows).await) {
            for (key, value) in (row..).zip(fields) {
                assert_eq!(value.unwrap(), (key % 2 == 0).then_some(Arc::new(key * 2)));
            }
        }
        assert_eq!(doubler.asked.load(Ordering::Relaxed), 1);
        assert_eq!(gathering.one(8, &doubler).await.unwrap(), Some(Arc::new(16)));
        assert_eq!(doubler.asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_failure_is_everybodys() {
        let (gathering, doubler) = (Gathering::default(), Doubler { fails: true, ..Doubler::default() });
        for value in join_all((0..5).map(|key| gathering.one(key, &doubler))).await {
            assert_eq!(value.unwrap_err().kind(), tautulli_domain::ErrorKind::Forbidden);
        }
        assert_eq!(doubler.asked.load(Ordering::Relaxed), 1);
    }
}
