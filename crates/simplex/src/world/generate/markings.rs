//! Owns markers and chapters.

use super::builder::Builder;
use crate::world::{Chapter, Item, ItemKind, Marker};

impl Builder {
    fn marker(&mut self, item: &mut Item, kind: &str, start: i64, end: i64, is_final: bool) {
        let id = self.new_id();
        item.markers.push(Marker { id, kind: kind.to_owned(), start, end, is_final });
    }

    /// Intro, commercial and credits markers, and chapters.
    pub(super) fn mark_up(&mut self, item: &mut Item) {
        let length = item.about.duration.unwrap_or(0);
        if item.kind == ItemKind::Episode && self.dice.chance(0.7) {
            let start = self.dice.between(0, 89_999);
            let end = start + self.dice.between(20_000, 89_999);
            self.marker(item, "intro", start, end, false);
            if self.dice.chance(0.1) {
                self.marker(item, "commercial", length / 2, length / 2 + 120_000, false);
            }
        }
        if self.dice.chance(0.7) {
            let mut start = length * 94 / 100;
            // What is short has room for one only.
            if self.dice.chance(0.2) && start + 61_000 <= length {
                self.marker(item, "credits", start, start + 40_000, false);
                start += 60_000;
            }
            self.marker(item, "credits", start, length.max(start + 1000), true);
        }
        if self.dice.chance(0.6) {
            self.chapters(item, length);
        }
    }

    fn chapters(&mut self, item: &mut Item, length: i64) {
        let count = self.dice.between(3, 12);
        for (index, n) in (1u32..).zip(0..count) {
            item.chapters.push(Chapter {
                id: self.new_id(),
                index,
                start: length * n / count,
                end: length * (n + 1) / count,
                tag: if n % 3 == 0 { String::new() } else { format!("Chapter {index:02}") },
            });
        }
    }
}
