//! SQL text with its parameters: values are only ever bound, never written into the text.

use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_types::{Array, BigInt, Bool, Date, Text, Timestamptz};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;

/// A value to bind.
#[derive(Debug, Clone)]
pub(crate) enum Bind {
    Int(i64),
    Ints(Vec<i64>),
    Text(String),
    Texts(Vec<String>),
    Date(NaiveDate),
    Time(DateTime<Utc>),
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    holds: bool,
}

/// A statement being put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    binds: Vec<Bind>,
}

impl Sql {
    /// Appends fixed text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a placeholder for `value`.
    pub(crate) fn bind(&mut self, value: Bind) -> &mut Self {
        self.binds.push(value);
        self.text.push('$');
        self.text.push_str(&self.binds.len().to_string());
        self
    }

    /// The text so far.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }

    /// Appends another statement with its values.
    pub(crate) fn append(&mut self, other: Self) -> &mut Self {
        let before = self.binds.len();
        let mut parts = other.text.split('$');
        self.text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap_or_default();
            self.text.push_str(&format!(
                "${}{}",
                before + number,
                part.trim_start_matches(|c: char| c.is_ascii_digit())
            ));
        }
        self.binds.extend(other.binds);
        self
    }

    /// What the statement says, whose one column is called `holds`: one of few texts, which are kept.
    pub(crate) async fn holds(self, conn: &Conn) -> DbResult<bool> {
        let answer: Answer = self.into_query().kept().get_result(&mut &*conn).await?;
        Ok(answer.holds)
    }

    pub(crate) fn into_query(self) -> BoxedSqlQuery<'static, Pg, diesel::query_builder::SqlQuery> {
        self.binds.into_iter().fold(sql_query(self.text).into_boxed(), |query, value| match value {
            Bind::Int(v) => query.bind::<BigInt, _>(v),
            Bind::Ints(v) => query.bind::<Array<BigInt>, _>(v),
            Bind::Text(v) => query.bind::<Text, _>(v),
            Bind::Texts(v) => query.bind::<Array<Text>, _>(v),
            Bind::Date(v) => query.bind::<Date, _>(v),
            Bind::Time(v) => query.bind::<Timestamptz, _>(v),
        })
    }
}
