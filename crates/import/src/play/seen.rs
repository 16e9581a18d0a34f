//! What was read lately. Most rows repeat another one's description or delivery to the letter: what has been read once is shared.

use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// The cells that something is read from, as one text that nothing else has.
#[derive(Debug, Default)]
pub(super) struct Told(Vec<u8>);

impl Told {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn cell(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.0.push(0),
            ValueRef::Integer(number) => self.part(1, &number.to_le_bytes()),
            ValueRef::Real(number) => self.part(2, &number.to_bits().to_le_bytes()),
            ValueRef::Text(bytes) => self.part(3, bytes),
            ValueRef::Blob(bytes) => self.part(4, bytes),
        }
    }

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.0.push(kind);
        self.0.extend_from_slice(&bytes.len().to_le_bytes());
        self.0.extend_from_slice(bytes);
    }
}

/// More than this are not remembered: some 30 MiB.
const MOST: usize = 60_000;

/// Things by what they were read from.
#[derive(Debug)]
pub(super) struct Seen<T>(HashMap<[u8; 32], Arc<T>>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> Seen<T> {
    /// What has been read from these cells, or what `read` makes of them; the second it keeps only where it says that it may.
    pub(super) fn get(&mut self, told: &Told, read: impl FnOnce() -> (T, bool)) -> Arc<T> {
        let digest: [u8; 32] = Sha256::digest(&told.0).into();
        if let Some(known) = self.0.get(&digest) {
            return known.clone();
        }
        let (new, may_be_kept) = read();
        let new = Arc::new(new);
        if may_be_kept {
            if self.0.len() >= MOST {
                self.0.clear();
            }
            self.0.insert(digest, new.clone());
        }
        new
    }
}
