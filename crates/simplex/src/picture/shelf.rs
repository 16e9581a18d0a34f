//! Owns pictures that were drawn already, as many as fit.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use super::Picture;

/// How much is kept, in bytes.
const ROOM: usize = 48 << 20;

#[derive(Debug, Default)]
struct Kept {
    pictures: HashMap<Picture, Bytes>,
    order: VecDeque<Picture>,
    bytes: usize,
}

/// Finished pictures; the oldest make room for new ones.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Kept>);

impl Shelf {
    /// The picture, drawn if it is not there. Drawing takes some milliseconds and holds nobody else up.
    pub(crate) fn take(&self, picture: &Picture) -> Bytes {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().pictures.get(picture) {
            return known.clone();
        }
        let drawn = picture.draw();
        let mut kept = kept();
        if kept.pictures.insert(picture.clone(), drawn.clone()).is_none() {
            kept.bytes += drawn.len();
            kept.order.push_back(picture.clone());
        }
        while kept.bytes > ROOM {
            let Some(oldest) = kept.order.pop_front() else { break };
            let gone = kept.pictures.remove(&oldest).map_or(0, |bytes| bytes.len());
            kept.bytes -= gone;
        }
        drawn
    }
}
