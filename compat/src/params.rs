//! Parameters and the reference's lenience in reading them.

use chrono::{Datelike, NaiveDate};

/// A request's parameters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Params<'a>(pub(crate) &'a [(String, String)]);

impl<'a> Params<'a> {
    /// The value; the last one where a name came several times.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value unless it is empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&'a str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(known, _)| known == name).count()
    }

    /// A switch that has a default. Empty text means off, not the default.
    pub(crate) fn switch(&self, name: &str, default: bool) -> bool {
        self.get(name).map_or(default, truthy)
    }

    /// Values of a comma list; `None` if the parameter is absent or empty.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&'a str>> {
        let items = self.filled(name)?.split(',').map(str::trim);
        Some(items.filter(|item| !item.is_empty()).collect())
    }

    /// Numbers of a comma list. What is no number matches nothing and is left out.
    pub(crate) fn numbers(&self, name: &str) -> Option<Vec<i64>> {
        Some(self.list(name)?.into_iter().filter_map(whole).collect())
    }
}

/// Words that switch something on.
pub(crate) fn truthy(text: &str) -> bool {
    ["1", "true", "yes", "y", "t", "on"].contains(&text.trim().to_ascii_lowercase().as_str())
}

/// A whole number, surrounded by space or not.
pub(crate) fn whole(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// A day that the schema takes, in its spelling.
pub(crate) fn day(text: &str) -> Option<String> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    (1900..=2999).contains(&day.year()).then(|| day.format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(text: &[(&str, &str)]) -> Vec<(String, String)> {
        text.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn empty_is_off_absent_is_the_default() {
        let given = pairs(&[("a", ""), ("b", "true"), ("c", "no"), ("d", "0"), ("e", "1")]);
        let params = Params(&given);
        let read = ["a", "b", "c", "d", "e", "absent"].map(|name| params.switch(name, true));
        assert_eq!(read, [false, true, false, false, true, true]);
    }

    #[test]
    fn what_is_no_number_matches_nothing() {
        let given = pairs(&[("a", "1, 2,x"), ("b", "abc"), ("c", ""), ("d", "99999999999999999999")]);
        let params = Params(&given);
        assert_eq!(params.numbers("a"), Some(vec![1, 2]));
        assert_eq!(params.numbers("b"), Some(vec![]));
        assert_eq!(params.numbers("c"), None);
        assert_eq!(params.numbers("d"), Some(vec![]));
    }

    #[test]
    fn days_are_read_strictly() {
        assert_eq!(day("2026-06-15").as_deref(), Some("2026-06-15"));
        assert_eq!(day("2026-6-5").as_deref(), Some("2026-06-05"));
        assert_eq!(
            ["31.12.2025", "", "2026-02-30", "0001-01-01", "9999-01-01"].map(day),
            [const { None }; 5]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_left(text in ".{0,40}") {
            let given = vec![("a".to_owned(), text.clone())];
            let params = Params(&given);
            let _ = (params.switch("a", true), params.numbers("a"), whole(&text));
            if let Some(day) = day(&text) {
                prop_assert_eq!(day.len(), 10);
            }
            for item in params.list("a").unwrap_or_default() {
                prop_assert!(!item.is_empty() && !item.contains(','));
            }
        }

        #[test]
        fn numbers_come_back(numbers in proptest::collection::vec(any::<i64>(), 1..9)) {
            let text = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            prop_assert_eq!(Params(&[("n".to_owned(), text)]).numbers("n"), Some(numbers));
        }
    }
}
