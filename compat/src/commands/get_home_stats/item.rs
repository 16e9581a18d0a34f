//! The item that speaks for a row.

use crate::graph::Record;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Item {
    pub(super) art: Option<String>,
    pub(super) content_rating: Option<String>,
    pub(super) full_title: String,
    pub(super) grandparent_rating_key: Option<String>,
    pub(super) grandparent_thumb: Option<String>,
    pub(super) grandparent_title: Option<String>,
    pub(super) guid: Option<String>,
    pub(super) index: Option<i64>,
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) live: bool,
    pub(super) original_title: Option<String>,
    pub(super) parent_index: Option<i64>,
    pub(super) rating: Option<String>,
    pub(super) rating_key: Option<String>,
    pub(super) section_id: Option<i64>,
    pub(super) thumb: Option<String>,
    pub(super) title: Option<String>,
    pub(super) year: Option<i64>,
}

impl Item {
    /// The show's or artist's picture, or its own.
    pub(super) fn poster(&self) -> String {
        let above = self.grandparent_thumb.clone().filter(|thumb| !thumb.is_empty());
        above.or_else(|| self.thumb.clone()).unwrap_or_default()
    }

    /// The pictures, in the order of most cards.
    pub(super) fn put_pictures(&self, record: &mut Record) {
        record.put("thumb", self.poster());
        record.text("grandparent_thumb", self.grandparent_thumb.clone());
        record.text("art", self.art.clone());
    }

    /// Its titles and its place, where the play as a whole is told of.
    pub(super) fn put_titles(&self, record: &mut Record) {
        record.put("title", self.full_title.clone());
        record.text("grandparent_title", self.grandparent_title.clone());
        record.text("grandchild_title", self.title.clone());
        record.number("year", self.year);
        record.number("media_index", self.index);
        record.number("parent_media_index", self.parent_index);
        record.key("rating_key", self.rating_key.clone());
        record.key("grandparent_rating_key", self.grandparent_rating_key.clone());
    }

    pub(super) fn is_track(&self) -> bool {
        self.kind == "TRACK"
    }

    /// Whether it stands for a film; the others are told of by what is above them.
    pub(super) fn is_alone(&self) -> bool {
        self.kind == "MOVIE"
    }
}
