//! The server's root answer to what we keep of it.

use crate::wire::Node;
use tautulli_domain::server::ServerIdentity;

pub(super) fn read(root: &Node) -> ServerIdentity {
    ServerIdentity {
        name: root.text("friendlyName"),
        machine_id: root.text("machineIdentifier"),
        version: root.text("version"),
        platform: root.text("platform"),
        platform_version: root.text("platformVersion"),
        plex_pass: root.flag("myPlexSubscription"),
    }
}
