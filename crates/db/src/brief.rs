//! JSON without what says nothing, which is two thirds of a stream: whoever reads it back takes what is absent as empty.

use serde::Serialize;

/// What a member of an object says when it says nothing.
const NOTHING: [&str; 3] = ["null", "\"\"", "[]"];

/// A value as JSON, without members that are `null`, empty text or an empty list.
pub(crate) fn brief(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(without_nothing(&serde_json::to_string(value)?))
}

/// Copies JSON that has no white space between its tokens, and leaves such members out.
fn without_nothing(full: &str) -> String {
    let mut kept = String::with_capacity(full.len() / 2);
    let mut rest = full;
    // Up to the next text, which may be the key of a member: quotes stand nowhere else.
    while let Some((before, text)) = rest.split_once('"') {
        kept.push_str(before);
        let (text, after) = at_end(text);
        rest = match after.strip_prefix(':').and_then(said_nothing) {
            Some(next) => {
                // The comma goes with the member: the one after it, else the one before.
                match next.strip_prefix(',') {
                    Some(next) => next,
                    None => {
                        if kept.ends_with(',') {
                            kept.pop();
                        }
                        next
                    }
                }
            }
            None => {
                kept.extend(["\"", text, "\""]);
                after
            }
        };
    }
    kept.push_str(rest);
    kept
}

/// What follows a value that says nothing, if there is one.
fn said_nothing(value: &str) -> Option<&str> {
    NOTHING.iter().find_map(|nothing| value.strip_prefix(nothing))
}

/// Parts a text, whose opening quote is gone, from what comes after its closing one.
fn at_end(text: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !escaped => {
                return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
            }
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// The same, value by value.
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(fields) => fields.retain(|_, field| {
                let says_nothing = match &*field {
                    Value::Null => true,
                    Value::String(text) => text.is_empty(),
                    Value::Array(items) => items.is_empty(),
                    _ => false,
                };
                strip(field);
                !says_nothing
            }),
            _ => {}
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let text = prop_oneof![Just(String::new()), r#"[a-c,:"\\\[\]{}é\n]{0,6}"#];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(text.clone(), inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn members_that_say_nothing_are_left_out_and_nothing_else_changes(value in values()) {
            let kept = without_nothing(&value.to_string());
            let mut stripped = value;
            strip(&mut stripped);
            prop_assert_eq!(kept, stripped.to_string());
        }
    }
}
