//! A stand-in for the host: answers documents from a script and remembers what it was asked.

use crate::backend::{Backend, BackendError, Client, File, Image, Picture, Source};
use crate::endpoint::respond;
use crate::http::{Download, Request, Response};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

pub(crate) const KEY: &str = "the-right-key";

/// An answer for a document, found by the operation's name.
type Script = Vec<(&'static str, Result<Value, BackendError>)>;

#[derive(Clone, Default)]
pub(crate) struct Host {
    script: Arc<Script>,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Host {
    /// Answers what is scripted, in whatever order it is asked, as often as it is asked.
    pub(crate) fn new(script: Script) -> Self {
        Self { script: Arc::new(script), asked: Arc::default() }
    }

    /// One default server, and these answers.
    pub(crate) fn with_server(mut script: Script) -> Self {
        let servers = json!({"servers": [{"id": "other", "isDefault": false}, {"id": "srv", "isDefault": true, "machineId": "m"}]});
        script.push(("DefaultServer", Ok(servers)));
        Self::new(script)
    }

    /// The variables of each time that the operation was asked.
    pub(crate) fn asked(&self, operation: &str) -> Vec<Value> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(name, _)| name == operation).map(|(_, variables)| variables.clone()).collect()
    }

    /// Calls the endpoint with the right key.
    pub(crate) async fn call(&self, params: &[(&str, &str)]) -> Response {
        respond(self, &request(&[&[("apikey", KEY)], params].concat())).await
    }

    /// The `response` of a JSON answer, with its status.
    pub(crate) async fn response(&self, params: &[(&str, &str)]) -> (u16, Value) {
        let response = self.call(params).await;
        (response.status, json_of(&response)["response"].clone())
    }

    /// The `data` of a success.
    pub(crate) async fn data(&self, params: &[(&str, &str)]) -> Value {
        let (status, response) = self.response(params).await;
        assert_eq!((status, &response["result"]), (200, &json!("success")), "{response}");
        response["data"].clone()
    }
}

pub(crate) fn request(params: &[(&str, &str)]) -> Request {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Request { params: params.collect(), api_key: None }
}

pub(crate) fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

/// Name of the first operation of a document.
fn operation(document: &str) -> &str {
    let (_, rest) = document.split_once("query ").or_else(|| document.split_once("mutation ")).unwrap();
    rest.split(|c: char| !c.is_alphanumeric()).next().unwrap()
}

#[async_trait]
impl Backend for Host {
    async fn authenticate(&self, key: &str) -> Result<Option<Box<dyn Client>>, BackendError> {
        if key == "the-keys-are-gone" {
            return Err(BackendError::new("UNAVAILABLE", "no database"));
        }
        Ok((key == KEY).then(|| Box::new(self.clone()) as Box<dyn Client>))
    }
}

#[async_trait]
impl Client for Host {
    async fn execute(&self, document: &'static str, variables: Value) -> Result<String, BackendError> {
        let name = operation(document);
        self.asked.lock().unwrap().push((name.to_owned(), variables));
        let scripted = self.script.iter().find(|(known, _)| *known == name);
        scripted.unwrap_or_else(|| panic!("{name} is not scripted")).1.clone().map(|data| data.to_string())
    }

    /// Days in UTC.
    fn day_of(&self, unix_seconds: i64) -> String {
        chrono::DateTime::from_timestamp(unix_seconds, 0).unwrap().format("%Y-%m-%d").to_string()
    }

    fn local_time(&self, unix_seconds: i64) -> String {
        chrono::DateTime::from_timestamp(unix_seconds, 0).unwrap().format("%Y-%m-%dT%H:%M:%S").to_string()
    }

    async fn picture(&self, wanted: Picture) -> Result<Option<Image>, BackendError> {
        let known = wanted.source != Source::Poster("99999999".to_owned());
        let content_type = if wanted.jpeg { "image/jpeg" } else { "image/png" };
        Ok(known.then(|| Image { content_type, bytes: format!("{wanted:?}").into_bytes() }))
    }

    async fn file(&self, wanted: File) -> Result<Option<Download>, BackendError> {
        let name = format!("{wanted:?}");
        let known = !matches!(wanted, File::ServerLog | File::ScannerLog);
        Ok(known.then(|| Download { path: name.clone().into(), name, temporary: false }))
    }
}
