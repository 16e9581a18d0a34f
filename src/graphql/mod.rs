//! The schema: the product's public contract. Resolvers parse, authorise, call a service and wrap; nothing else.

mod caller;
mod connection;
mod context;
mod cursor;
mod error;
mod executor;
mod guard;
mod guesses;
mod input;
mod leaves;
mod limits;
mod loader;
mod mutation;
mod node;
mod object;
mod query;
mod scalar;
mod subscription;

pub use caller::{COOKIE, Caller};
pub use error::from_domain as error_from_domain;
pub use executor::{Executor, NoChanges, OwnDocument, operation_type};
pub use subscription::Part;

use async_graphql::ValidationMode;
use tautulli_services::Services;
use tokio_util::sync::CancellationToken;

type Schema = async_graphql::Schema<query::Query, mutation::Mutation, subscription::Subscription>;

/// Nesting beyond this is nobody's screen.
const MAX_DEPTH: usize = 16;
/// Fields asked for in one operation; a whole legacy activity answer takes about 400.
const MAX_COMPLEXITY: usize = 1_500;
const MAX_RECURSION: usize = 32;
const MAX_DIRECTIVES: usize = 50;

/// Builds what answers questions over the services. Subscriptions end when `shutdown` is cancelled.
pub fn build(services: &Services, shutdown: &CancellationToken) -> Executor {
    let served = || limited().data(services.clone()).data(subscription::Shutdown(shutdown.clone()));
    // Where tests run, every document is validated as if somebody had sent it.
    let trusting = if cfg!(debug_assertions) { ValidationMode::Strict } else { ValidationMode::Fast };
    let own = served().validation_mode(trusting).finish();
    Executor::new(served().finish(), served().extension(guesses::Guesses).finish(), own)
}

/// The schema as text, sorted: the same for the same code.
pub fn sdl() -> String {
    limited()
        .finish()
        .sdl_with_options(async_graphql::SDLExportOptions::new().sorted_fields().sorted_enum_items())
}

fn limited() -> async_graphql::SchemaBuilder<query::Query, mutation::Mutation, subscription::Subscription> {
    async_graphql::Schema::build(
        query::Query::default(),
        mutation::Mutation::default(),
        subscription::Subscription::default(),
    )
    .limit_depth(MAX_DEPTH)
    .limit_complexity(MAX_COMPLEXITY)
    .limit_recursive_depth(MAX_RECURSION)
    .limit_directives(MAX_DIRECTIVES)
    .disable_suggestions()
}
