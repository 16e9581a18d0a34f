//! Owns changing records by the names their fields have in a world file.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The record with some fields replaced.
///
/// # Errors
/// A text that says which field is not known or does not fit.
pub(crate) fn overlay<T: Serialize + DeserializeOwned>(
    base: &T,
    fields: Map<String, Value>,
) -> Result<T, String> {
    let Ok(Value::Object(mut whole)) = serde_json::to_value(base) else {
        return Err("not a record".to_owned());
    };
    for (name, value) in fields {
        match whole.get_mut(&name) {
            Some(slot) => *slot = value,
            None => return Err(format!("there is no {name:?}")),
        }
    }
    serde_json::from_value(Value::Object(whole)).map_err(|error| error.to_string())
}
