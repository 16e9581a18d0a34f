//! What runs questions, whatever transport they came by: finds documents that clients have left here, refuses what asks for too
//! much, gives each question its loaders.
//!
//! None of it is an extension of the executing library: with a single one there, every field of every answer becomes three
//! more tasks on the heap.

use super::error::invalid;
use super::limits;
use super::loader::LoaderSlot;
use super::{Caller, Schema};
use async_graphql::extensions::apollo_persisted_queries::{CacheStorage, LruCacheStorage};
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{Data, Request, Response, ServerError, ServerResult, from_value};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::any::TypeId;
use std::sync::Arc;

/// Documents that are kept for clients which send their digest.
const PERSISTED_QUERIES: usize = 500;

/// The schema in the manners in which it is told.
#[derive(Clone)]
pub struct Executor {
    known: Schema,
    /// Does not say what is wrong with a question.
    strangers: Schema,
    /// Takes documents for valid.
    own: Schema,
    persisted: LruCacheStorage,
}

/// Said with a question that came by a way on which nothing may be changed, such as GET.
pub struct NoChanges;

/// Said with a question whose document is a part of this program, and known to be valid.
pub struct OwnDocument;

/// Apollo's automatic persisted queries: the digest of a document, with or without the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persisted {
    version: i32,
    sha256_hash: String,
}

impl Executor {
    pub(super) fn new(known: Schema, strangers: Schema, own: Schema) -> Self {
        Self { known, strangers, own, persisted: LruCacheStorage::new(PERSISTED_QUERIES) }
    }

    fn schema(&self, request: &Request) -> &Schema {
        let caller =
            request.data.get(&TypeId::of::<Caller>()).and_then(|caller| caller.downcast_ref::<Caller>());
        match caller.and_then(|caller| caller.viewer.as_ref()) {
            Some(_) if request.data.contains_key(&TypeId::of::<OwnDocument>()) => &self.own,
            Some(_) => &self.known,
            None => &self.strangers,
        }
    }

    async fn prepare(&self, request: Request) -> ServerResult<Request> {
        let mut request = self.find(request).await?;
        // What a digest stands for is known only now.
        let is_bound = request.data.contains_key(&TypeId::of::<NoChanges>());
        if is_bound && operation_type(&mut request) == Some(OperationType::Mutation) {
            return Err(invalid("Changes may not be sent by GET; use POST"));
        }
        limits::check(request.parsed_query()?).map_err(invalid)?;
        Ok(request.data(LoaderSlot::default()))
    }

    /// Puts a document in the place of its digest, or keeps it under that.
    async fn find(&self, mut request: Request) -> ServerResult<Request> {
        let Some(said) = request.extensions.remove("persistedQuery") else { return Ok(request) };
        let said: Persisted = from_value(said)
            .map_err(|_| invalid("The extension persistedQuery needs version and sha256Hash"))?;
        if said.version != 1 {
            return Err(invalid("Only version 1 of persistedQuery is known"));
        }
        if request.query.is_empty() {
            let found = self.persisted.get(said.sha256_hash).await;
            // The word by which clients know that they must send the document.
            request.set_parsed_query(found.ok_or_else(|| ServerError::new("PersistedQueryNotFound", None))?);
            return Ok(request);
        }
        if !said.sha256_hash.eq_ignore_ascii_case(&hex::encode(Sha256::digest(&request.query))) {
            return Err(invalid("sha256Hash is not the digest of the query"));
        }
        let document = parse_query(&request.query)?;
        self.persisted.set(said.sha256_hash.to_ascii_lowercase(), document.clone()).await;
        request.set_parsed_query(document);
        Ok(request)
    }
}

/// The kind of the operation that would run; `None` where the document cannot be read or names no such operation.
pub fn operation_type(request: &mut Request) -> Option<OperationType> {
    let name = request.operation_name.clone();
    let document = request.parsed_query().ok()?;
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        // One that has a name need not be named again.
        DocumentOperations::Multiple(all) => match name {
            Some(name) => all.get(name.as_str()),
            None => all.values().next().filter(|_| all.len() == 1),
        },
    };
    operation.map(|operation| operation.node.ty)
}

impl async_graphql::Executor for Executor {
    async fn execute(&self, request: Request) -> Response {
        match self.prepare(request).await {
            Ok(request) => self.schema(&request).execute(request).await,
            Err(error) => Response::from_errors(vec![error]),
        }
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let executor = self.clone();
        let answers = async move {
            match executor.prepare(request).await {
                Ok(request) => {
                    let schema = executor.schema(&request);
                    schema.execute_stream_with_session_data(request, session.unwrap_or_default())
                }
                Err(error) => stream::iter([Response::from_errors(vec![error])]).boxed(),
            }
        };
        stream::once(answers).flatten().boxed()
    }
}
