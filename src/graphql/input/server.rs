//! How a media server is to be reached.

use async_graphql::InputObject;
use tautulli_services::servers;

/// A media server to watch.
#[derive(InputObject, Debug)]
pub(crate) struct AddServer {
    /// The name to show; the server's own if it is absent.
    name: Option<String>,
    /// Its address, such as http://192.168.1.10:32400.
    url: String,
    /// A Plex token of the server's owner. It is kept and never shown again.
    #[graphql(secret)]
    token: String,
    /// Whether its certificate is checked.
    #[graphql(default = true)]
    verify_tls: bool,
}

impl From<AddServer> for servers::NewServer {
    fn from(input: AddServer) -> Self {
        let AddServer { name, url, token, verify_tls } = input;
        Self { name: name.unwrap_or_default(), url, token: token.into(), verify_tls }
    }
}

/// Changes of a media server; what is absent stays.
#[derive(InputObject, Debug)]
pub(crate) struct UpdateServer {
    /// The name to show.
    name: Option<String>,
    /// Its address.
    url: Option<String>,
    /// A new Plex token.
    #[graphql(secret)]
    token: Option<String>,
    /// Whether its certificate is checked.
    verify_tls: Option<bool>,
}

impl From<UpdateServer> for servers::ServerChange {
    fn from(input: UpdateServer) -> Self {
        let UpdateServer { name, url, token, verify_tls } = input;
        Self { name, url, token: token.map(Into::into), verify_tls }
    }
}
