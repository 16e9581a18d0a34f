//! Lists of thousands whose items wait for nothing: resolved one after the other, where the executing library would give each a task
//! of its own. It does not know what is in them.

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use std::borrow::Cow;

/// A list to the schema, `[T!]!`.
pub(super) struct InOrder<T>(pub(super) Vec<T>);

impl<T: OutputType> OutputType for InOrder<T> {
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
        let mut values = Vec::with_capacity(self.0.len());
        for (index, item) in self.0.iter().enumerate() {
            let ctx = ctx.with_index(index);
            let value = item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))?;
            values.push(value);
        }
        Ok(Value::List(values))
    }
}
