//! What runs questions, whatever transport they came by: finds documents that clients have left here, refuses what asks for too
//! much, gives each question its loaders.
//!
//! None of it is an extension of the executing library: with a single one there, every field of every answer becomes three
//! more tasks on the heap.

use super::limits;
use super::loader::LoaderSlot;
use super::{Caller, Schema};
use async_graphql::extensions::apollo_persisted_queries::{CacheStorage, LruCacheStorage};
use async_graphql::parser::parse_query;
use async_graphql::{Data, Request, Response, ServerError, ServerResult, Value, from_value};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::any::TypeId;
use std::sync::Arc;

/// Documents that are kept for clients which send their digest.
const PERSISTED_QUERIES: usize = 500;

/// The schema in the two manners in which it is told.
#[derive(Clone)]
pub struct Executor {
    known: Schema,
    /// Does not say what is wrong with a question.
    strangers: Schema,
    persisted: LruCacheStorage,
}

/// Apollo's automatic persisted queries: the digest of a document, with or without the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persisted {
    version: i32,
    sha256_hash: String,
}

impl Executor {
    pub(super) fn new(known: Schema, strangers: Schema) -> Self {
        Self { known, strangers, persisted: LruCacheStorage::new(PERSISTED_QUERIES) }
    }

    fn schema(&self, request: &Request) -> &Schema {
        let caller =
            request.data.get(&TypeId::of::<Caller>()).and_then(|caller| caller.downcast_ref::<Caller>());
        match caller.and_then(|caller| caller.viewer.as_ref()) {
            Some(_) => &self.known,
            None => &self.strangers,
        }
    }

    async fn prepare(&self, request: Request) -> ServerResult<Request> {
        let mut request = self.find(request).await?;
        limits::check(request.parsed_query()?).map_err(refusal)?;
        Ok(request.data(LoaderSlot::default()))
    }

    /// Puts a document in the place of its digest, or keeps it under that.
    async fn find(&self, mut request: Request) -> ServerResult<Request> {
        let Some(said) = request.extensions.remove("persistedQuery") else { return Ok(request) };
        let said: Persisted = from_value(said)
            .map_err(|_| refusal("The extension persistedQuery needs version and sha256Hash"))?;
        if said.version != 1 {
            return Err(refusal("Only version 1 of persistedQuery is known"));
        }
        if request.query.is_empty() {
            let found = self.persisted.get(said.sha256_hash).await;
            // The word by which clients know that they must send the document.
            request.set_parsed_query(found.ok_or_else(|| ServerError::new("PersistedQueryNotFound", None))?);
            return Ok(request);
        }
        if !said.sha256_hash.eq_ignore_ascii_case(&hex::encode(Sha256::digest(&request.query))) {
            return Err(refusal("sha256Hash is not the digest of the query"));
        }
        let document = parse_query(&request.query)?;
        self.persisted.set(said.sha256_hash.to_ascii_lowercase(), document.clone()).await;
        request.set_parsed_query(document);
        Ok(request)
    }
}

fn refusal(why: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(why, None);
    let mut extensions = async_graphql::ErrorExtensionValues::default();
    extensions.set("code", Value::from("INVALID"));
    error.extensions = Some(extensions);
    error
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
