//! Tables that are cut here: rows of records found, ordered, paged like the reference does; and how tables are ordered.

use crate::answer::Failure;
use crate::page::{Page, at};
use crate::params::Params;
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// Columns to order by, the most important first, and whether each descends.
///
/// Unknown columns stand for the default. A direction that is not `desc` ascends, unless none is given; the last one counts
/// for the rest. Of a column that is named twice the last direction counts.
pub(crate) fn order(
    params: Params<'_>,
    known: &[&'static str],
    default: &'static str,
) -> Vec<(&'static str, bool)> {
    let columns = params.list("order_column").unwrap_or_else(|| vec![default]);
    let directions = params.list("order_dir").unwrap_or_else(|| vec!["desc"]);
    let mut order: Vec<(&'static str, bool)> = Vec::new();
    for (at, wanted) in columns.into_iter().enumerate() {
        let column = known.iter().copied().find(|name| *name == wanted).unwrap_or(default);
        let direction = directions.get(at).or(directions.last());
        let descends = direction.is_some_and(|word| word.eq_ignore_ascii_case("desc"));
        match order.iter_mut().find(|(name, _)| *name == column) {
            Some(known) => known.1 = descends,
            None => order.push((column, descends)),
        }
    }
    order
}

/// A table's envelope.
pub(crate) fn envelope(filtered: i64, total: i64, rows: Vec<Value>) -> Map<String, Value> {
    let mut table = Map::new();
    table.insert("recordsFiltered".to_owned(), filtered.into());
    table.insert("recordsTotal".to_owned(), total.into());
    table.insert("data".to_owned(), rows.into());
    table.insert("draw".to_owned(), 1.into());
    table
}

/// A table of nothing that was asked for.
pub(crate) fn nothing() -> Map<String, Value> {
    let mut table = Map::new();
    for name in ["recordsFiltered", "recordsTotal", "draw"] {
        table.insert(name.to_owned(), 0.into());
    }
    table.insert("data".to_owned(), json!([]));
    table
}

/// What a table consists of.
pub(crate) struct Columns {
    /// It may be ordered by these.
    pub(crate) order: &'static [&'static str],
    pub(crate) default: &'static str,
    /// Text is looked for in these.
    pub(crate) searched: &'static [&'static str],
}

/// Finds, orders and cuts records.
///
/// # Errors
/// Where the page is no numbers.
pub(crate) fn cut(
    params: Params<'_>,
    columns: &Columns,
    rows: Vec<Value>,
) -> Result<Map<String, Value>, Failure> {
    let page = Page::read(params)?;
    let total = count(rows.len());
    let text = params.filled("search").map(str::to_lowercase);
    let matches = |row: &Value, text: &str| {
        columns.searched.iter().any(|name| words(row.get(*name)).to_lowercase().contains(text))
    };
    let mut found: Vec<Value> =
        rows.into_iter().filter(|row| text.as_ref().is_none_or(|text| matches(row, text))).collect();
    let order = order(params, columns.order, columns.default);
    found.sort_by(|a, b| compare(a, b, &order));
    let filtered = count(found.len());
    let (from, to) = page.bounds(filtered);
    let rows = found.into_iter().skip(at(from)).take(at(to.saturating_sub(from))).collect();
    Ok(envelope(filtered, total, rows))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn words(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn compare(a: &Value, b: &Value, order: &[(&'static str, bool)]) -> Ordering {
    let by = |(name, descends): &(&'static str, bool)| {
        let found = match (a.get(*name).and_then(Value::as_i64), b.get(*name).and_then(Value::as_i64)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => words(a.get(*name)).to_lowercase().cmp(&words(b.get(*name)).to_lowercase()),
        };
        if *descends { found.reverse() } else { found }
    };
    order.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn params(given: &[(&str, &str)]) -> Vec<(String, String)> {
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn ordered(given: &[(&str, &str)]) -> Vec<(&'static str, bool)> {
        order(Params(&params(given)), &["title", "plays"], "title")
    }

    #[test]
    fn orders_as_recorded() {
        assert_eq!(ordered(&[]), [("title", true)]);
        assert_eq!(ordered(&[("order_column", "plays"), ("order_dir", "asc")]), [("plays", false)]);
        assert_eq!(ordered(&[("order_column", "nope"), ("order_dir", "sideways")]), [("title", false)]);
        let two = [("order_column", "plays,title"), ("order_dir", "asc,desc")];
        assert_eq!(ordered(&two), [("plays", false), ("title", true)]);
        let twice = [("order_column", "nope,title"), ("order_dir", "asc,desc")];
        assert_eq!(ordered(&twice), [("title", true)]);
    }

    const COLUMNS: Columns = Columns { order: &["title", "plays"], default: "title", searched: &["title"] };

    fn titles(given: &[(&str, &str)]) -> (Value, Vec<String>) {
        let rows = [("b", 3), ("A", 3), ("c", 10)];
        let rows = rows.map(|(title, plays)| json!({"title": title, "plays": plays})).into();
        let table = cut(Params(&params(given)), &COLUMNS, rows).unwrap();
        let shown = table["data"].as_array().unwrap().iter().map(|row| words(row.get("title"))).collect();
        (table["recordsFiltered"].clone(), shown)
    }

    #[test]
    fn rows_are_found_ordered_and_cut() {
        assert_eq!(titles(&[]), (json!(3), vec!["c".to_owned(), "b".to_owned(), "A".to_owned()]));
        let by_plays = [("order_column", "plays"), ("order_dir", "asc")];
        assert_eq!(titles(&by_plays).1, ["b", "A", "c"]);
        assert_eq!(titles(&[("search", "a")]), (json!(1), vec!["A".to_owned()]));
        assert_eq!(titles(&[("length", "-1")]).1, ["c", "b"]);
        assert_eq!(titles(&[("start", "1"), ("length", "1")]).1, ["b"]);
        assert!(cut(Params(&params(&[("start", "abc")])), &COLUMNS, Vec::new()).is_err());
    }

    proptest! {
        #[test]
        fn any_parameters_are_answered(column in ".{0,20}", direction in ".{0,9}", search in ".{0,9}", start in "-?[0-9]{0,20}") {
            let given = params(&[("order_column", &column), ("order_dir", &direction), ("search", &search), ("start", &start)]);
            let _ = cut(Params(&given), &COLUMNS, vec![json!({"title": "x"}), json!({"plays": 1})]);
        }
    }
}
