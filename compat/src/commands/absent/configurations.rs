//! What a configuration holds where its owner chose nothing: older installations kept only what had been chosen.

use crate::data::lines;
use serde_json::{Map, Value};

const TABLE: &str = include_str!("../../../data/configurations.txt");

/// A line of the table: whose configuration, which entry, and its value.
fn read(line: &str) -> Option<(&str, &str, Value)> {
    let mut words = line.split('\t');
    let (whose, entry, value) = (words.next()?, words.next()?, words.next()?);
    Some((whose, entry, serde_json::from_str(value).ok()?))
}

/// The entries of a configuration: those that were chosen, and those that nobody chose as they begin.
pub(super) fn whole(whose: &str, chosen: Value) -> Value {
    let begun = lines(TABLE).filter_map(read).filter(|(of, ..)| *of == whose);
    let mut entries: Map<_, _> = begun.map(|(_, entry, value)| (entry.to_owned(), value)).collect();
    if let Value::Object(chosen) = chosen {
        entries.extend(chosen);
    }
    Value::Object(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_line_is_an_entry() {
        let lines: Vec<_> = lines(TABLE).collect();
        assert!(lines.len() > 180);
        assert!(lines.iter().all(|line| read(line).is_some()));
    }

    #[test]
    fn what_was_chosen_stands_before_what_begins() {
        let told = whole("17", json!({"auto_hide_delay": 9, "mine": "x"}));
        assert_eq!(told, json!({"auto_hide_delay": 9, "mine": "x"}));
        assert_eq!(whole("17", Value::Null), json!({"auto_hide_delay": 5}));
        assert_eq!(whole("nobody", json!({"mine": 1})), json!({"mine": 1}));
    }
}
