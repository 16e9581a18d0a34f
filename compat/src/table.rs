//! Answers in the manner of DataTables: rows searched, ordered and cut as the reference does, with `draw` and its counts.
//!
//! The reference has two manners: tables out of its database, and tables of what a media server lists. They part over
//! what is unknown, over directions, and over how values compare.

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

/// A row as it will be told.
pub(crate) type Fields = Map<String, Value>;

/// Where the rows of a table come from, which decides how it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Out of the database.
    Rows,
    /// What the media server lists.
    Items,
}

/// What a table can be asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// Columns that it may be ordered by.
    pub(crate) columns: &'static [&'static str],
    /// Columns in which text is looked for.
    pub(crate) searched: &'static [&'static str],
    /// What it is ordered by when nobody says; it descends then.
    pub(crate) usual: &'static str,
    /// Columns that are ordered by another value than the one that is told, and the field which that has until then.
    pub(crate) behind: &'static [(&'static str, &'static str)],
    pub(crate) manner: Manner,
}

impl Table {
    /// The page that is asked for. Rows of the database come in the order that they have when no known column is named.
    ///
    /// # Errors
    /// Where the page is no numbers.
    pub(crate) fn cut(self, params: Params<'_>, rows: Vec<Fields>, total: usize) -> Result<Value, Failure> {
        let page = Page::read(params)?;
        let mut found = self.search(params, rows);
        let filtered = count(found.len());
        let (order, compare): (_, Compare) = match self.manner {
            Manner::Rows => (known(params, self.columns, self.usual), by_rank),
            Manner::Items => (order(params, self.columns, self.usual), by_words),
        };
        found.sort_by(|a, b| {
            let by = |(column, down): &(&str, bool)| {
                let field =
                    self.behind.iter().find(|(told, _)| told == column).map_or(*column, |(_, own)| own);
                let found = compare(a.get(field), b.get(field));
                if *down { found.reverse() } else { found }
            };
            order.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
        });
        let (from, to) = page.bounds(filtered);
        let shown = found.into_iter().skip(at(from)).take(at(to.saturating_sub(from)));
        let rows = shown.map(|mut row| {
            row.retain(|name, _| !self.behind.iter().any(|(_, own)| own == name));
            Value::Object(row)
        });
        Ok(envelope(filtered, count(total), rows.collect()).into())
    }

    fn search(self, params: Params<'_>, rows: Vec<Fields>) -> Vec<Fields> {
        let Some(wanted) = params.filled("search").map(str::to_lowercase) else { return rows };
        let has = |text: String| match self.manner {
            Manner::Rows => is_like(&text, &wanted),
            Manner::Items => text.contains(&wanted),
        };
        let holds =
            |row: &Fields| self.searched.iter().any(|column| has(words(row.get(*column)).to_lowercase()));
        rows.into_iter().filter(holds).collect()
    }
}

/// Columns to order rows of the database by: those that are known among those that are named. A direction that is not `asc`
/// descends, and the last one counts for the rest. Rows without an order come by their numbers.
pub(crate) fn known(
    params: Params<'_>,
    columns: &[&'static str],
    usual: &'static str,
) -> Vec<(&'static str, bool)> {
    let named = params.list("order_column").unwrap_or_else(|| vec![usual]);
    let directions = params.list("order_dir").unwrap_or_default();
    let descends = |at: usize| {
        let direction = directions.get(at).or(directions.last());
        !direction.is_some_and(|direction| direction.eq_ignore_ascii_case("asc"))
    };
    let known = |(at, wanted): (usize, &str)| {
        Some((*columns.iter().find(|column| **column == wanted)?, descends(at)))
    };
    named.into_iter().enumerate().filter_map(known).collect()
}

type Compare = fn(Option<&Value>, Option<&Value>) -> Ordering;

/// Nothing before numbers before text; text without regard to the case of Latin letters.
fn by_rank(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    fn rank(value: Option<&Value>) -> u8 {
        match value {
            None | Some(Value::Null) => 0,
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

/// Whether a text has the wanted one in it, as a database sees it: `%` is anything, `_` any character.
fn is_like(text: &str, wanted: &str) -> bool {
    let matches = |part: &str, at: &[char]| {
        let mut at = at.iter();
        part.chars().all(|wanted| at.next().is_some_and(|found| wanted == '_' || wanted == *found))
    };
    let text: Vec<char> = text.chars().collect();
    let mut rest = text.as_slice();
    // Each part at the first place where it fits behind the one before: if any place will do, that will.
    wanted.split('%').all(|part| {
        let length = part.chars().count();
        let place = (0..=rest.len()).find(|at| rest.get(*at..).is_some_and(|rest| matches(part, rest)));
        rest = place.and_then(|at| rest.get(at + length..)).unwrap_or_default();
        place.is_some()
    })
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

/// Numbers as numbers, everything else as text without regard to case.
fn by_words(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    match (a.and_then(Value::as_i64), b.and_then(Value::as_i64)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => words(a).to_lowercase().cmp(&words(b).to_lowercase()),
    }
}

#[cfg(test)]
mod tests;
