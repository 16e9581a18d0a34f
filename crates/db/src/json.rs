//! What is kept as JSON, read straight into what it is: a tree of values between costs more than all the rest of reading a play.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::Jsonb;
use serde::de::DeserializeOwned;

/// A value of a `jsonb` column.
#[derive(Debug, FromSqlRow)]
pub(crate) struct Json<T: 'static>(pub T);

/// PostgreSQL's only version of the wire's format.
const VERSION: u8 = 1;

impl<T: DeserializeOwned> FromSql<Jsonb, Pg> for Json<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        match value.as_bytes() {
            [VERSION, text @ ..] => Ok(Self(serde_json::from_slice(text)?)),
            _ => Err("a jsonb value of an unknown version".into()),
        }
    }
}
