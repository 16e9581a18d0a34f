//! A client of the schema: HTTP for questions, a websocket for subscriptions.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Someone who asks.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    key: Option<String>,
}

impl Client {
    pub fn with_key(base: &str, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::stranger(base) }
    }

    pub fn stranger(base: &str) -> Self {
        let http = crate::support::http();
        Self { http, base: base.to_owned(), key: None }
    }

    /// The whole answer.
    pub async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, json!({})).await
    }

    pub async fn ask_with(&self, query: &str, variables: Value) -> Value {
        let mut request = self.http.post(format!("{}/graphql", self.base));
        if let Some(key) = &self.key {
            request = request.header("X-Api-Key", key);
        }
        let answer = request.json(&json!({ "query": query, "variables": variables })).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// The data; errors fail the test.
    pub async fn data(&self, query: &str) -> Value {
        self.data_with(query, json!({})).await
    }

    pub async fn data_with(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask_with(query, variables).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"].clone()
    }

    /// The code of the first error.
    pub async fn code(&self, query: &str) -> String {
        let answer = self.ask(query).await;
        answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Subscribes over a websocket.
    pub async fn subscribe(&self, query: &str) -> Subscription {
        let url = format!("{}/graphql", self.base.replace("http://", "ws://"));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", "graphql-transport-ws".parse().unwrap());
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let init = json!({ "type": "connection_init", "payload": { "apikey": self.key } });
        socket.send(Message::text(init.to_string())).await.unwrap();
        let mut subscription = Subscription { socket };
        assert_eq!(subscription.message().await["type"], "connection_ack");
        let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": query } });
        subscription.socket.send(Message::text(subscribe.to_string())).await.unwrap();
        subscription
    }
}

/// One running subscription.
pub struct Subscription {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Subscription {
    async fn message(&mut self) -> Value {
        loop {
            let message = tokio::time::timeout(super::PATIENCE, self.socket.next()).await;
            match message.expect("nothing was told in time").expect("the socket is open").unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => {
                    return json!({ "type": "close", "code": frame.map(|f| u16::from(f.code)) });
                }
                _ => {}
            }
        }
    }

    /// The next thing told, or what the server says instead.
    pub async fn next(&mut self) -> Value {
        let message = self.message().await;
        if message["type"] == "next" {
            return message["payload"]["data"].clone();
        }
        message
    }

    /// Passes over what is told until `wanted`.
    pub async fn find(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.next().await;
            if wanted(&told) {
                return told;
            }
        }
    }
}
