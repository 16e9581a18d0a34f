//! Answers in the manner of DataTables: rows searched, sorted and cut as the reference does, with `draw` and its counts.

use crate::answer::Failure;
use crate::page::{Page, at};
use crate::params::Params;
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// A row as it will be told.
pub(crate) type Fields = Map<String, Value>;

/// What a table can be asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// Columns that it may be sorted by.
    pub(crate) columns: &'static [&'static str],
    /// Columns in which text is looked for.
    pub(crate) searched: &'static [&'static str],
    /// What it is sorted by when nobody says; it descends then.
    pub(crate) usual: &'static str,
}

impl Table {
    /// The page that is asked for. Rows come in the order that they have when no known column is named.
    pub(crate) fn cut(self, params: Params<'_>, rows: Vec<Fields>, total: usize) -> Result<Value, Failure> {
        let page = Page::read(params)?;
        let mut found = self.search(params, rows);
        let count = found.len();
        self.sort(params, &mut found);
        let (from, to) = page.bounds(i64::try_from(count).unwrap_or(i64::MAX));
        let shown: Vec<Fields> = found.into_iter().skip(at(from)).take(at(to.saturating_sub(from))).collect();
        Ok(json!({"recordsFiltered": count, "recordsTotal": total, "data": shown, "draw": 1}))
    }

    fn search(self, params: Params<'_>, rows: Vec<Fields>) -> Vec<Fields> {
        let Some(wanted) = params.filled("search").map(str::to_lowercase) else { return rows };
        let holds = |row: &Fields| {
            self.searched.iter().filter_map(|column| row.get(*column)).any(|value| match value {
                Value::String(text) => text.to_lowercase().contains(&wanted),
                Value::Number(number) => number.to_string().contains(&wanted),
                _ => false,
            })
        };
        rows.into_iter().filter(holds).collect()
    }

    /// Sorts by the known columns among those that are named; where none is, rows stay.
    fn sort(self, params: Params<'_>, rows: &mut [Fields]) {
        let named = params.list("order_column").unwrap_or_else(|| vec![self.usual]);
        let directions = params.list("order_dir").unwrap_or_default();
        let descends = |at: usize| {
            let direction = directions.get(at).or(directions.last());
            !direction.is_some_and(|direction| direction.eq_ignore_ascii_case("asc"))
        };
        let order: Vec<(&str, bool)> = named
            .into_iter()
            .enumerate()
            .filter(|(_, column)| self.columns.contains(column))
            .map(|(at, column)| (column, descends(at)))
            .collect();
        rows.sort_by(|a, b| {
            let by = |(column, down): &(&str, bool)| {
                let found = compare(a.get(*column), b.get(*column));
                if *down { found.reverse() } else { found }
            };
            order.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
        });
    }
}

/// Pictures of what has none.
const STAND_INS: [&str; 2] =
    ["interfaces/default/images/cover.png", "interfaces/default/images/gravatar-default-80x80.png"];

/// Nothing before numbers before text; text without regard to the case of Latin letters.
fn compare(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    fn rank(value: Option<&Value>) -> u8 {
        match value {
            None | Some(Value::Null) => 0,
            // What stands in for a picture that is not there.
            Some(Value::String(text)) if STAND_INS.contains(&text.as_str()) => 0,
            Some(Value::Bool(_) | Value::Number(_)) => 1,
            Some(_) => 2,
        }
    }
    let number = |value: Option<&Value>| value.and_then(Value::as_f64).unwrap_or(0.0);
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("").to_ascii_lowercase();
    match (rank(a), rank(b)) {
        (1, 1) => number(a).total_cmp(&number(b)),
        (2, 2) => text(a).cmp(&text(b)),
        (a, b) => a.cmp(&b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table = Table { columns: &["name", "plays"], searched: &["name"], usual: "name" };

    fn rows() -> Vec<Fields> {
        let row = |name: Value, plays: i64| {
            Fields::from_iter([("name".to_owned(), name), ("plays".to_owned(), plays.into())])
        };
        vec![row(json!("b"), 1), row(Value::Null, 3), row(json!("A"), 2), row(json!("é"), 2)]
    }

    fn names(given: &[(&str, &str)]) -> Vec<String> {
        let given: Vec<_> =
            given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let told = TABLE.cut(Params(&given), rows(), 9).unwrap();
        assert_eq!((&told["draw"], &told["recordsTotal"]), (&json!(1), &json!(9)));
        let rows = told["data"].as_array().unwrap();
        rows.iter().map(|row| row["name"].as_str().unwrap_or("-").to_owned()).collect()
    }

    #[test]
    fn sorted_as_the_reference_sorts() {
        assert_eq!(names(&[]), ["é", "b", "A", "-"]);
        assert_eq!(names(&[("order_column", "name"), ("order_dir", "asc")]), ["-", "A", "b", "é"]);
        let two = [("order_column", "plays,name"), ("order_dir", "desc,asc")];
        assert_eq!(names(&two), ["-", "A", "é", "b"]);
        assert_eq!(names(&[("order_column", "nope"), ("order_dir", "sideways")]), ["b", "-", "A", "é"]);
    }

    #[test]
    fn searched_and_cut() {
        assert_eq!(names(&[("search", "a")]), ["A"]);
        assert_eq!(names(&[("start", "1"), ("length", "2")]), ["b", "A"]);
        assert_eq!(names(&[("length", "-1")]), ["é", "b", "A"]);
        assert_eq!(names(&[("length", "0")]), Vec::<String>::new());
        assert!(TABLE.cut(Params(&[("start".to_owned(), "x".to_owned())]), rows(), 1).is_err());
    }
}
