//! How a media server is to be reached.

use async_graphql::InputObject;
use secrecy::SecretString;
use tautulli_services::{discovery, servers};

/// A media server to watch.
#[derive(InputObject, Debug)]
pub(crate) struct AddServer {
    /// The name to show; the server's own if it is absent.
    name: Option<String>,
    /// Its address, such as http://192.168.1.10:32400.
    url: String,
    /// A Plex token of the server's owner. It is kept and never shown again.
    #[graphql(secret)]
    token: Option<String>,
    /// In place of a token: where a search has found the server.
    found: Option<FoundServer>,
    /// Whether its certificate is checked.
    #[graphql(default = true)]
    verify_tls: bool,
}

/// A server that a search at plex.tv has found.
#[derive(InputObject, Debug)]
pub(crate) struct FoundServer {
    /// The search's ticket.
    #[graphql(secret)]
    ticket: String,
    /// Plex's identifier of the machine.
    machine_id: String,
}

impl From<AddServer> for discovery::Wanted {
    fn from(input: AddServer) -> Self {
        let AddServer { name, url, token, found, verify_tls } = input;
        let found = found.map(|FoundServer { ticket, machine_id }| discovery::FoundServer {
            ticket: ticket.into(),
            machine_id,
        });
        Self { name: name.unwrap_or_default(), url, token: token.map(Into::into), found, verify_tls }
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
    /// In place of a token: the ticket of a search that has found the server.
    #[graphql(secret)]
    ticket: Option<String>,
    /// Whether its certificate is checked.
    verify_tls: Option<bool>,
}

impl UpdateServer {
    /// The change, and the ticket of a search.
    pub(crate) fn into_services(self) -> (servers::ServerChange, Option<SecretString>) {
        let Self { name, url, token, ticket, verify_tls } = self;
        let change = servers::ServerChange { name, url, token: token.map(Into::into), verify_tls };
        (change, ticket.map(Into::into))
    }
}
