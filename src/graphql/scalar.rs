//! Scalars with a specification of their own.

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};

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
