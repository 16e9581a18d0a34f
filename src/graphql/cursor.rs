//! Cursors of the history: opaque text around a place in it.

use async_graphql::connection::CursorType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use tautulli_domain::history::{HistoryCursor, HistoryOrder, HistorySort};

/// A place in the history, in base64url: `<microseconds>.<id>`, and for another order than newest first
/// `.<order>.<d or a>.<value>` behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(pub HistoryCursor);

/// What is wrong with a cursor.
#[derive(Debug, thiserror::Error)]
#[error("This is not a cursor that was given out here")]
pub(super) struct BadCursor;

/// Longer text is no cursor of ours: the longest titles have 2,000 bytes.
const MAX_CURSOR: usize = 12_000;

impl CursorType for Place {
    type Error = BadCursor;

    fn decode_cursor(text: &str) -> Result<Self, BadCursor> {
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let mut parts = text.splitn(5, '.');
            let date = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
            let id = parts.next()?.parse().ok()?;
            let (sort, value) = match parts.next() {
                None => (HistorySort::default(), String::new()),
                Some(order) => {
                    let order = HistoryOrder::parse(order)?;
                    (HistorySort { order, descending: parts.next()? == "d" }, parts.next()?.to_owned())
                }
            };
            Some(Self(HistoryCursor { sort, value: fit(sort, value)?, date, id }))
        };
        if text.len() > MAX_CURSOR { Err(BadCursor) } else { read().ok_or(BadCursor) }
    }

    fn encode_cursor(&self) -> String {
        let HistoryCursor { sort, value, date, id } = &self.0;
        let mut text = format!("{}.{id}", date.timestamp_micros());
        if *sort != HistorySort::default() {
            let direction = if sort.descending { "d" } else { "a" };
            text.push_str(&format!(".{}.{direction}.{value}", sort.order.name()));
        }
        URL_SAFE_NO_PAD.encode(text)
    }
}

/// The value, if one of that order can look like it.
fn fit(sort: HistorySort, value: String) -> Option<String> {
    use HistoryOrder::{Date, Duration, Length, Paused, Row, Started, Stopped, Watched};
    let fits = match sort.order {
        Date => value.is_empty(),
        Paused | Duration | Length | Watched | Row => value.parse::<i64>().is_ok(),
        Started | Stopped => DateTime::parse_from_str(&value, "%Y-%m-%d %H:%M:%S%.f%#z").is_ok(),
        _ => !value.contains('\0'),
    };
    fits.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cursors_come_back(micros in -1_000_000_000_000_000i64..4_000_000_000_000_000, id in any::<i64>(), title in "[^\0]{0,40}", descending in any::<bool>()) {
            let date = DateTime::from_timestamp_micros(micros).unwrap();
            let sorts = [
                (HistorySort::default(), String::new()),
                (HistorySort { order: HistoryOrder::Title, descending }, title),
                (HistorySort { order: HistoryOrder::Duration, descending }, id.to_string()),
                (HistorySort { order: HistoryOrder::Stopped, descending }, "2026-03-29 00:30:00.123456+00".to_owned()),
            ];
            for (sort, value) in sorts {
                let place = Place(HistoryCursor { sort, value, date, id });
                prop_assert_eq!(Place::decode_cursor(&place.encode_cursor()).unwrap(), place);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,120}") {
            let _ = Place::decode_cursor(&text);
        }
    }

    #[test]
    fn a_value_that_cannot_be_is_refused() {
        for text in ["1.1.duration.d.soon", "1.1.stopped.a.1", "1.1.nonsense.a.1", "1.1.date.a.x"] {
            assert!(Place::decode_cursor(&URL_SAFE_NO_PAD.encode(text)).is_err(), "{text}");
        }
    }
}
