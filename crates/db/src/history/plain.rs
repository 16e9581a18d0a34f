//! Filters that counted plays and their sums can answer: they name servers, users, libraries and kinds.

use super::filter;
use super::rest::Rest;
use super::sql::{Bind, Sql};
use tautulli_domain::history::{HistoryFilter, KindFilter};
use tautulli_domain::media::MediaKind;

/// The series of a kind, where facts know it by one.
fn series(kind: &KindFilter) -> Option<i64> {
    match kind {
        KindFilter::Kind(MediaKind::Episode) => Some(0),
        KindFilter::Kind(MediaKind::Movie) => Some(1),
        KindFilter::Kind(MediaKind::Track) => Some(2),
        KindFilter::Live => Some(3),
        KindFilter::Kind(_) => None,
    }
}

/// The series of all the kinds; `None` where none is named, or one that facts do not know.
pub(super) fn series_of(kinds: &[KindFilter]) -> Option<Vec<i64>> {
    let series: Option<Vec<i64>> = kinds.iter().map(series).collect();
    series.filter(|series| !series.is_empty())
}

/// Whether facts alone can answer the filter: it names servers, users, libraries and kinds.
pub(crate) fn is_plain(filter: &HistoryFilter) -> bool {
    let rest = Rest::of(filter).people().libraries().kinds();
    rest.is_nothing() && filter.kinds.iter().all(|kind| series(kind).is_some())
}

/// Whether the filter lets everything through.
pub(crate) fn is_open(filter: &HistoryFilter) -> bool {
    *filter == HistoryFilter::default()
}

/// Appends the conditions of a plain filter for `alias`, which has series instead of kinds.
pub(crate) fn plain(sql: &mut Sql, alias: &str, filter: &HistoryFilter) {
    let without = HistoryFilter { kinds: Vec::new(), ..filter.clone() };
    filter::shared(sql, alias, &format!("{alias}.group_id"), &without);
    if !filter.kinds.is_empty() {
        let wanted = filter.kinds.iter().filter_map(series).collect();
        sql.text(&format!(" AND {alias}.series = ANY(")).bind(Bind::Ints(wanted)).text(")");
    }
}
