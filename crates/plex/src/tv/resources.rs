//! Servers and the addresses they can be reached at.

use crate::wire::Node;
use secrecy::SecretString;

/// A media server that an account may use.
#[derive(Debug, Clone)]
pub struct Resource {
    pub name: String,
    /// The machine identifier.
    pub client_identifier: String,
    pub product: String,
    pub version: String,
    pub platform: String,
    pub owned: bool,
    /// plex.tv hears from it.
    pub presence: bool,
    pub https_required: bool,
    pub public_address: String,
    /// Good for this server only.
    pub access_token: SecretString,
    /// Local ones first, relays last.
    pub connections: Vec<ResourceConnection>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceConnection {
    pub uri: String,
    pub protocol: String,
    pub address: String,
    pub port: Option<u16>,
    pub local: bool,
    pub relay: bool,
    pub ipv6: bool,
}

/// The servers among all resources, in either of plex.tv's dialects.
pub(super) fn read(root: &Node) -> Vec<Resource> {
    root.children().iter().filter(|node| provides_server(node)).map(resource).collect()
}

fn provides_server(node: &Node) -> bool {
    node.get("provides").is_some_and(|roles| roles.split(',').any(|role| role.trim() == "server"))
}

fn resource(node: &Node) -> Resource {
    let inner = node.child("connections").filter(|list| !list.has_attrs()).unwrap_or(node);
    let found = inner.children().iter().filter(|c| c.get("uri").is_some());
    let mut connections: Vec<ResourceConnection> = found.map(connection).collect();
    connections.sort_by_key(|c| (c.relay, !c.local));
    Resource {
        name: node.text("name"),
        client_identifier: node.text("clientIdentifier"),
        product: node.text("product"),
        version: node.text("productVersion"),
        platform: node.text("platform"),
        owned: node.flag("owned"),
        presence: node.flag("presence"),
        https_required: node.flag("httpsRequired"),
        public_address: node.text("publicAddress"),
        access_token: node.text("accessToken").into(),
        connections,
    }
}

fn connection(node: &Node) -> ResourceConnection {
    ResourceConnection {
        uri: node.text("uri"),
        protocol: node.text("protocol"),
        address: node.text("address"),
        port: node.int("port").and_then(|port| u16::try_from(port).ok()),
        local: node.flag("local"),
        relay: node.flag("relay"),
        ipv6: node.flag("IPv6"),
    }
}
