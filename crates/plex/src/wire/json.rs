//! JSON to the tree: scalars become attributes, objects and arrays of objects become children named by their key.
//!
//! Reads straight into nodes, so that a body of brackets cannot take many times its size in memory.

use super::{Budget, Node, WireError};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Wrappers that stand alone around everything else.
const WRAPPERS: [&str; 2] = ["MediaContainer", "NotificationContainer"];

/// Reads one document; the root is what the wrapper holds, or a nameless node.
pub(super) fn parse(text: &str) -> Result<Node, WireError> {
    let mut holder = Node::default();
    let mut budget = Budget::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let slot = Slot { parent: &mut holder, key: "", budget: &mut budget, depth: 0, in_array: false };
    slot.deserialize(&mut json).and_then(|()| json.end()).map_err(|e| WireError(e.to_string()))?;
    if !text.starts_with('{') {
        return Ok(holder);
    }
    let mut root = holder.pop().ok_or_else(|| WireError("no object".to_owned()))?;
    let wrapped = !root.has_attrs() && matches!(root.children(), [only] if WRAPPERS.contains(&only.name()));
    match root.pop() {
        Some(inner) if wrapped => Ok(inner),
        Some(last) => {
            root.push(last);
            Ok(root)
        }
        None => Ok(root),
    }
}

/// Where a value goes: the attribute or the children `key` of `parent`.
struct Slot<'a> {
    parent: &'a mut Node,
    key: &'a str,
    budget: &'a mut Budget,
    depth: usize,
    in_array: bool,
}

impl Slot<'_> {
    fn scalar<E: Error>(self, value: &str) -> Result<(), E> {
        if self.in_array {
            self.budget.enter(self.depth).map_err(E::custom)?;
            let mut child = Node::new(self.key);
            child.set("value", value);
            self.parent.push(child);
        } else {
            self.parent.set(self.key, value);
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(if value { "1" } else { "0" })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(&format!("{value:?}"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(value)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let depth = self.depth + 1;
        self.budget.enter(depth).map_err(A::Error::custom)?;
        loop {
            let slot = Slot {
                parent: &mut *self.parent,
                key: self.key,
                budget: &mut *self.budget,
                depth,
                in_array: true,
            };
            if seq.next_element_seed(slot)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let depth = self.depth + 1;
        self.budget.enter(depth).map_err(A::Error::custom)?;
        let mut node = Node::new(self.key);
        while let Some(key) = map.next_key::<String>()? {
            let slot =
                Slot { parent: &mut node, key: &key, budget: &mut *self.budget, depth, in_array: false };
            map.next_value_seed(slot)?;
        }
        // The dialect of very old servers names its elements inside.
        if let Some(name) = node.get("_elementType").map(str::to_owned) {
            node.rename(name);
        }
        self.parent.push(node);
        Ok(())
    }
}
