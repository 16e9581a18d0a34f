//! Lists of thousands of which mostly fields are asked that an item tells by itself: these are written down at once, where the
//! executing library would give each item and each field a task of its own, and as text, where a tree of values would take as long to make
//! and to take down as all the rest. It does not know what is in the lists.

use super::OwnDocument;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_list;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};
use async_graphql_value::RAW_VALUE_TOKEN;
use std::borrow::Cow;

/// What an item tells by itself.
pub(super) trait Leaf {
    /// The value of a field; `None` where somebody has to be asked for it.
    fn leaf(&self, field: &str) -> Option<Value>;
}

/// A list to the schema, `[T!]!`.
pub(super) struct Leaves<T>(pub(super) Vec<T>);

/// A field that is asked for: by which key it is told, and its name.
type Asked<'a> = (&'a Name, &'a str);

/// The fields that are asked for; `None` where there is more to the question, such as directives, fragments, and a field that is asked twice.
fn asked<'a>(ctx: &ContextSelectionSet<'a>) -> Option<Vec<Asked<'a>>> {
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for selection in &ctx.item.node.items {
        let Selection::Field(Positioned { node, .. }) = &selection.node else { return None };
        let key = &node.response_key().node;
        if !node.directives.is_empty() || asked.iter().any(|(known, _)| *known == key) {
            return None;
        }
        asked.push((key, node.name.node.as_str()));
    }
    Some(asked)
}

/// The items as values.
fn tree<T: Leaf>(items: &[T], fields: &[Asked<'_>]) -> Option<Value> {
    let told = |item: &T| {
        let field = |(key, name): &Asked<'_>| Some(((*key).clone(), item.leaf(name)?));
        fields.iter().map(field).collect::<Option<IndexMap<Name, Value>>>().map(Value::Object)
    };
    items.iter().map(told).collect::<Option<Vec<Value>>>().map(Value::List)
}

/// The items as a value that is JSON already.
fn text<T: Leaf>(items: &[T], fields: &[Asked<'_>]) -> Option<Value> {
    let mut text = Vec::new();
    for item in items {
        text.push(if text.is_empty() { b'[' } else { b',' });
        for (n, (key, name)) in fields.iter().enumerate() {
            text.push(if n == 0 { b'{' } else { b',' });
            serde_json::to_writer(&mut text, key.as_str()).ok()?;
            text.push(b':');
            serde_json::to_writer(&mut text, &item.leaf(name)?).ok()?;
        }
        text.push(b'}');
    }
    text.push(b']');
    let text = String::from_utf8(text).ok()?;
    Some(Value::Object(IndexMap::from([(Name::new(RAW_VALUE_TOKEN), Value::String(text))])))
}

impl<T: OutputType + Leaf> OutputType for Leaves<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        // Answers to documents of this program are read from the tree.
        let is_read = ctx.data_opt::<OwnDocument>().is_some() || self.0.is_empty();
        let write = if is_read { tree } else { text };
        match asked(ctx).and_then(|fields| write(&self.0, &fields)) {
            Some(all) => Ok(all),
            None => resolve_list(ctx, field, &self.0, Some(self.0.len())).await,
        }
    }
}
