//! What strangers may learn from a bad question: nothing. Whoever has proved who they are reads the whole reason.

use super::error::invalid;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::{ServerError, ValidationResult};
use std::sync::Arc;

/// Keeps the executing library's words about unknown fields and types from strangers, who could draw the schema from them. Only
/// their schema has it.
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
        next.run(ctx).await.map_err(|_| vec![invalid(SILENCE)])
    }
}

const SILENCE: &str = "This question cannot be answered; sign in or send an API key to learn why";
