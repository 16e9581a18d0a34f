//! What is left of a filter when the parts are taken out that something can answer: nothing, where it can answer all of it.

use tautulli_domain::history::HistoryFilter;

/// The rest of a filter.
pub(super) struct Rest(HistoryFilter);

impl Rest {
    pub(super) fn of(filter: &HistoryFilter) -> Self {
        // How plays are counted chooses none of them.
        Self(HistoryFilter { as_recorded: false, ..filter.clone() })
    }

    /// Without servers and users.
    pub(super) fn people(self) -> Self {
        let (user_ids, account_ids, user_names) = Default::default();
        Self(HistoryFilter { server_id: None, user_ids, account_ids, user_names, ..self.0 })
    }

    pub(super) fn libraries(self) -> Self {
        Self(HistoryFilter { library_ids: Vec::new(), section_ids: Vec::new(), ..self.0 })
    }

    pub(super) fn kinds(self) -> Self {
        Self(HistoryFilter { kinds: Vec::new(), ..self.0 })
    }

    pub(super) fn decisions(self) -> Self {
        Self(HistoryFilter { decisions: Vec::new(), ..self.0 })
    }

    /// Without items and their families.
    pub(super) fn items(self) -> Self {
        let (rating_keys, parent_rating_keys, grandparent_rating_keys, guids) = Default::default();
        Self(HistoryFilter { rating_keys, parent_rating_keys, grandparent_rating_keys, guids, ..self.0 })
    }

    pub(super) fn days(self) -> Self {
        Self(HistoryFilter { on: None, before: None, after: None, ..self.0 })
    }

    /// Without what leaves plays out that were never described.
    pub(super) fn described(self) -> Self {
        Self(HistoryFilter { described: false, ..self.0 })
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0 == HistoryFilter::default()
    }
}
