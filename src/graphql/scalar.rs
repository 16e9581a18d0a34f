//! Scalars with a specification of their own.

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, OutputType, Positioned, Scalar,
    ScalarType, ServerResult, Value,
};
use std::borrow::Cow;

/// A length of time in whole milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration(pub i64);

/// A length of time in whole milliseconds, as a number. May exceed 32 bits.
#[Scalar(name = "Duration")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        whole(&value).map(Self)
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

/// A whole number that may exceed 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Long(pub i64);

/// A whole number that may exceed 32 bits, as a number.
#[Scalar(name = "Long")]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        whole(&value).map(Self)
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

/// A list of them, answered at once: as a list of its own, every number would be a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Longs(pub Vec<i64>);

impl OutputType for Longs {
    fn type_name() -> Cow<'static, str> {
        <Vec<Long> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<Long> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<Long> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::List(self.0.iter().copied().map(Value::from).collect()))
    }
}

fn whole<T: InputType>(value: &Value) -> Result<i64, InputValueError<T>> {
    match value {
        Value::Number(number) => {
            number.as_i64().ok_or_else(|| InputValueError::custom("a whole number is expected"))
        }
        _ => Err(InputValueError::custom("a whole number is expected")),
    }
}

/// Text where Plex said something.
pub(super) fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The same, borrowed.
pub(super) fn told(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A number in GraphQL's range; what is beyond it is nobody's year or width.
pub(super) fn int(number: Option<i64>) -> Option<i32> {
    number.and_then(|n| i32::try_from(n).ok())
}
