//! Lists of thousands of which mostly fields are asked that an item tells by itself: these are written down at once, where the
//! executing library would give each item and each field a task of its own. It does not know what is in the lists.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_list;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};
use std::borrow::Cow;

/// What an item tells by itself.
pub(super) trait Leaf {
    /// The value of a field; `None` where somebody has to be asked for it.
    fn leaf(&self, field: &str) -> Option<Value>;
}

/// A list to the schema, `[T!]!`.
pub(super) struct Leaves<T>(pub(super) Vec<T>);

/// The keys and names of the fields that are asked for; `None` where there is more to the question, such as directives and fragments.
fn asked<'a>(ctx: &ContextSelectionSet<'a>) -> Option<Vec<(&'a Name, &'a str)>> {
    let asked = ctx.item.node.items.iter().map(|selection| match &selection.node {
        Selection::Field(Positioned { node, .. }) if node.directives.is_empty() => {
            Some((&node.response_key().node, node.name.node.as_str()))
        }
        _ => None,
    });
    asked.collect()
}

fn told<T: Leaf>(item: &T, fields: &[(&Name, &str)]) -> Option<Value> {
    let mut told = IndexMap::with_capacity(fields.len());
    for (key, name) in fields {
        told.insert((*key).clone(), item.leaf(name)?);
    }
    Some(Value::Object(told))
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
        let all = asked(ctx).and_then(|fields| self.0.iter().map(|item| told(item, &fields)).collect());
        match all {
            Some(values) => Ok(Value::List(values)),
            None => resolve_list(ctx, field, &self.0, Some(self.0.len())).await,
        }
    }
}
