//! Opens the connection: an HTTP call like any other, handed over to the socket protocol.

use super::{MAX_MESSAGE, bytes_only::BytesOnly};
use crate::error::{PlexError, Problem};
use crate::http::Transport;
use reqwest::Upgraded;
use reqwest::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::{client::generate_key, derive_accept_key};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

const PATH: &str = "/:/websockets/notifications";

pub(super) async fn open(transport: &Transport) -> Result<WebSocketStream<BytesOnly<Upgraded>>, PlexError> {
    let key = generate_key();
    let mut headers = HeaderMap::new();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    let key_value = HeaderValue::from_str(&key)
        .map_err(|e| transport.error(Problem::Invalid, format_args!("{PATH}: {e}")))?;
    headers.insert(SEC_WEBSOCKET_KEY, key_value);
    let response = transport.upgrade(PATH, headers).await?;
    let accepted = response.headers().get(SEC_WEBSOCKET_ACCEPT).map(HeaderValue::as_bytes);
    if accepted != Some(derive_accept_key(key.as_bytes()).as_bytes()) {
        return Err(
            transport.error(Problem::Malformed, format_args!("{PATH}: the handshake is not a websocket's"))
        );
    }
    let upgraded = response
        .upgrade()
        .await
        .map_err(|e| transport.error(Problem::Unreachable, format_args!("{PATH}: {}", e.without_url())))?;
    let config =
        WebSocketConfig::default().max_message_size(Some(MAX_MESSAGE)).max_frame_size(Some(MAX_MESSAGE));
    Ok(WebSocketStream::from_raw_socket(BytesOnly::new(upgraded), Role::Client, Some(config)).await)
}
