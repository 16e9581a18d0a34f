//! The columns of graphs by number: how statements tell them, where they stand, and zeros where nothing was. Does not know what is counted.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Binary, SmallInt};
use std::collections::HashMap;
use tautulli_domain::graphs::{Category, Graph, Series, SeriesKind};

/// A value, of which line and column.
pub(super) struct Value {
    pub(super) split: i16,
    pub(super) column: i64,
    pub(super) value: i64,
}

/// Where columns stand. Days and hours follow each other without a gap; what they have is counted out and not looked up.
enum Places {
    Dense { first: i64, count: usize },
    Sparse(HashMap<i64, usize>),
}

impl Places {
    fn of(columns: &[(i64, Category)]) -> Self {
        let numbers = || columns.iter().map(|(number, _)| *number);
        let first = numbers().next().unwrap_or(0);
        if numbers().zip(first..).all(|(number, next)| number == next) {
            return Self::Dense { first, count: columns.len() };
        }
        Self::Sparse(numbers().enumerate().map(|(at, number)| (number, at)).collect())
    }

    fn find(&self, number: i64) -> Option<usize> {
        match self {
            Self::Dense { first, count } => {
                let at = usize::try_from(number.checked_sub(*first)?).ok()?;
                (at < *count).then_some(at)
            }
            Self::Sparse(places) => places.get(&number).copied(),
        }
    }
}

/// The values of a line by time. Ten years have thousands: as rows of their own they would take longer to send than to count, and a list
/// takes long to read, as it says the length of each number.
#[derive(QueryableByName)]
pub(super) struct Line {
    #[diesel(sql_type = SmallInt)]
    split: i16,
    /// Hours, weekdays, or days by their [`day_number`], eight bytes each.
    #[diesel(sql_type = Binary)]
    columns: Vec<u8>,
    #[diesel(sql_type = Binary)]
    values: Vec<u8>,
}

impl Line {
    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        let split = self.split;
        let pairs = numbers(&self.columns).zip(numbers(&self.values));
        pairs.map(move |(column, value)| Value { split, column, value })
    }
}

/// Numbers as PostgreSQL's `int8send` writes them.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = i64> {
    bytes.as_chunks().0.iter().map(|bytes| i64::from_be_bytes(*bytes))
}

/// A line's numbers, one after the other.
pub(super) fn packed(number: &str) -> String {
    format!("string_agg(int8send({number}), '')")
}

/// Statements say a day as this number: how many days there were until it, the first of the year 1 being one.
pub(super) const DAY_NUMBER: &str = "day - '0001-01-01'::date + 1";

pub(super) fn day_number(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

/// The columns of days, or of the first days of weeks and months, with their numbers.
pub(super) fn dated(days: Vec<NaiveDate>) -> Vec<(i64, Category)> {
    days.into_iter().map(|day| (day_number(day), Category::Date(day))).collect()
}

/// The graph of some values: every line has one for every column.
pub(super) fn filled(
    columns: Vec<(i64, Category)>,
    values: impl Iterator<Item = Value>,
    kinds: impl Iterator<Item = (i16, SeriesKind)>,
) -> Graph {
    let places = Places::of(&columns);
    let empty = |(number, kind)| (number, Series { kind, values: vec![0; columns.len()] });
    let mut lines: Vec<(i16, Series)> = kinds.map(empty).collect();
    for Value { split, column, value } in values {
        let line = lines.iter_mut().find(|(number, _)| *number == split);
        let at = places.find(column);
        if let Some(sum) = line.zip(at).and_then(|((_, line), at)| line.values.get_mut(at)) {
            *sum += value;
        }
    }
    let series = lines.into_iter().map(|(_, series)| series).collect();
    let categories = columns.into_iter().map(|(_, category)| category).collect();
    Graph { categories, series, totals: Vec::new() }
}
