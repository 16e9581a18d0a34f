//! What strangers may learn from a bad question: nothing. Whoever has proved who they are reads the whole reason.

use super::Caller;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::{ErrorExtensionValues, ServerError, ValidationResult, Value};
use std::sync::Arc;

/// Keeps the executor's words about unknown fields and types from strangers, who could draw the schema from them.
pub struct Guesses;

impl ExtensionFactory for Guesses {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Guesses {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let outcome = next.run(ctx).await;
        let is_known = ctx.data_opt::<Caller>().is_some_and(|caller| caller.viewer.is_some());
        if is_known { outcome } else { outcome.map_err(|_| vec![silence()]) }
    }
}

fn silence() -> ServerError {
    let mut error =
        ServerError::new("This question cannot be answered; sign in or send an API key to learn why", None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", Value::from("INVALID"));
    error.extensions = Some(extensions);
    error
}
