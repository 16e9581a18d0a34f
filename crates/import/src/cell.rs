//! Cells of a foreign table, read as what they should be. SQLite lets any cell hold anything.

use crate::rule::Rule;
use rusqlite::types::ValueRef;
use serde_json::Value;

/// A cell that was not what it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub table: &'static str,
    pub column: &'static str,
    pub rule: Rule,
    /// The cell as it was, cut to [`RAW`] characters; bytes that are no text as U+FFFD.
    pub raw: String,
}

/// How much of a repaired cell is remembered.
const RAW: usize = 500;
/// No text of the reference comes near this many bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// Keys and guids are compared and indexed; real ones are a tenth of this many bytes.
const LONGEST_KEY: usize = 512;

/// The cells of one row, in the order of the statement's columns.
pub(crate) struct Cells<'a> {
    pub row: &'a rusqlite::Row<'a>,
    pub at: usize,
    pub table: &'static str,
    pub repairs: &'a mut Vec<Repair>,
}

impl<'a> Cells<'a> {
    fn next(&mut self) -> ValueRef<'a> {
        let value = self.row.get_ref(self.at).unwrap_or(ValueRef::Null);
        self.at += 1;
        value
    }

    fn repair(&mut self, column: &'static str, rule: Rule, raw: &[u8]) {
        let start = raw.get(..RAW * 4).unwrap_or(raw);
        let raw = String::from_utf8_lossy(start).chars().filter(|c| *c != '\0').take(RAW).collect();
        self.repairs.push(Repair { table: self.table, column, rule, raw });
    }

    /// A whole number. An empty cell, of whatever type, is none: the reference writes empty text for it.
    pub(crate) fn int(&mut self, column: &'static str) -> Option<i64> {
        match self.next() {
            ValueRef::Null => None,
            ValueRef::Integer(number) => Some(number),
            ValueRef::Real(number) => {
                if number.fract() != 0.0 {
                    self.repair(column, Rule::FractionCut, number.to_string().as_bytes());
                }
                whole(number)
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => self.number_in(column, bytes),
        }
    }

    fn number_in(&mut self, column: &'static str, bytes: &[u8]) -> Option<i64> {
        let text = std::str::from_utf8(bytes).unwrap_or("?").trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().or_else(|| whole(text.parse().ok()?));
        let rule = if number.is_some() { Rule::NumberAsText } else { Rule::WordForNumber };
        self.repair(column, rule, bytes);
        number
    }

    /// A text; empty where there is none.
    pub(crate) fn text(&mut self, column: &'static str) -> String {
        match self.next() {
            ValueRef::Null => String::new(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => self.text_in(column, bytes),
        }
    }

    /// A text that is a key: short, or cut.
    pub(crate) fn key(&mut self, column: &'static str) -> String {
        let mut text = self.text(column);
        if text.len() > LONGEST_KEY {
            self.repair(column, Rule::TextCut, text.as_bytes());
            text.truncate(text.floor_char_boundary(LONGEST_KEY));
        }
        text
    }

    fn text_in(&mut self, column: &'static str, bytes: &[u8]) -> String {
        let bytes = match bytes.get(..LONGEST) {
            Some(start) if bytes.len() > LONGEST => {
                self.repair(column, Rule::TextCut, bytes);
                start
            }
            _ => bytes,
        };
        let mut text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                self.repair(column, Rule::InvalidUtf8, bytes);
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        if text.contains('\0') {
            self.repair(column, Rule::NulInText, bytes);
            text.retain(|c| c != '\0');
        }
        text
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what is out of range is none before the cast")]
fn whole(number: f64) -> Option<i64> {
    let fits = number.is_finite() && number.abs() < 9.0e18;
    fits.then_some(number as i64)
}

/// A cell as it lies there, for what is kept without being understood.
pub(crate) fn as_it_lies(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            let start = bytes.get(..LONGEST).unwrap_or(bytes);
            String::from_utf8_lossy(start).replace('\0', "").into()
        }
    }
}
