//! What plex.tv knows besides accounts: where an address is, which releases there are, what was put on devices.

use super::PlexTv;
use crate::error::{PlexError, Problem};
use crate::http::{Ask, METADATA_LIMIT};
use crate::wire::Node;
use std::net::IpAddr;
use tautulli_domain::server::{GeoLocation, ReleaseBuild, ServerRelease, SyncedItem};

impl PlexTv {
    /// Where on earth an address is; `None` where plex.tv does not know.
    pub async fn geo_location(&self, address: IpAddr) -> Result<Option<GeoLocation>, PlexError> {
        match self.transport.tree(&Ask::get("/api/v2/geoip").query("ip_address", address)).await {
            Ok(root) => Ok((root.name() == "location").then(|| location(&root))),
            Err(error) if matches!(error.problem(), Problem::Status(400..=499)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The newest public release for a platform as servers call theirs; `None` where there is none.
    pub async fn release(&self, platform: &str) -> Result<Option<ServerRelease>, PlexError> {
        let root = self
            .transport
            .tree(&Ask::get("/api/downloads/5.json").query("channel", "plex").json().limit(METADATA_LIMIT))
            .await?;
        let of = |group: &str| root.child(group).and_then(|group| group.child(platform)).map(release);
        Ok(of("computer").or_else(|| of("nas")))
    }

    /// What was put on devices from a server.
    pub async fn synced_items(&self, machine_id: &str) -> Result<Vec<SyncedItem>, PlexError> {
        if !is_plain(machine_id) {
            return Err(self.transport.error(Problem::Invalid, "a machine identifier with odd characters"));
        }
        let ask = Ask::get(format!("/servers/{machine_id}/sync_lists")).limit(METADATA_LIMIT);
        let root = match self.transport.tree(&ask).await {
            Err(error) if error.is_not_found() => return Ok(Vec::new()),
            answer => answer?,
        };
        Ok(root.all("SyncList").flat_map(synced).collect())
    }

    /// Takes something off a device again.
    pub async fn remove_synced_item(&self, client_id: &str, sync_id: &str) -> Result<(), PlexError> {
        if !is_plain(client_id) || !is_plain(sync_id) {
            return Err(self.transport.error(Problem::Invalid, "an identifier with odd characters"));
        }
        let ask = Ask::delete(format!("/devices/{client_id}/sync_items/{sync_id}"));
        self.transport.fetch(&ask).await.map(drop)
    }
}

/// Identifiers of devices and servers: nothing that could be another path.
fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !id.is_empty() && id.len() <= 200 && id.bytes().all(plain)
}

fn location(node: &Node) -> GeoLocation {
    let coordinates = node.text("coordinates");
    let (latitude, longitude) = coordinates.split_once(',').unzip();
    let degrees = |text: Option<&str>| {
        text.and_then(|text| text.trim().parse::<f64>().ok()).filter(|degrees| degrees.is_finite())
    };
    GeoLocation {
        city: node.text("city"),
        country_code: node.text("code"),
        continent_code: node.text("continent_code"),
        country: node.text("country"),
        latitude: degrees(latitude),
        longitude: degrees(longitude),
        postal_code: node.text("postal_code"),
        region: node.text("subdivisions"),
        time_zone: node.text("time_zone"),
    }
}

fn release(node: &Node) -> ServerRelease {
    let build = |node: &Node| ReleaseBuild {
        label: node.text("label"),
        build: node.text("build"),
        distro: node.text("distro"),
        url: node.text("url"),
    };
    ServerRelease {
        platform: node.text("name"),
        version: node.text("version"),
        released_at: node.int("release_date"),
        requirements: node.text("requirements"),
        extra_info: node.text("extra_info"),
        added: node.text("items_added"),
        fixed: node.text("items_fixed"),
        builds: node.all("releases").map(build).collect(),
    }
}

fn synced(list: &Node) -> Vec<SyncedItem> {
    let nothing = Node::default();
    let device = list.child("Device").unwrap_or(&nothing);
    let client_id = list.text("clientIdentifier");
    let items = list.all("SyncItems").flat_map(|items| items.all("SyncItem"));
    let read = |node: &Node| {
        let part = |name: &str| node.child(name).cloned().unwrap_or_default();
        let (status, settings) = (part("Status"), part("MediaSettings"));
        SyncedItem {
            sync_id: node.text("id"),
            client_id: client_id.clone(),
            device: device.text("name"),
            platform: device.text("platform"),
            account_id: device.int("userID"),
            root_title: node.text("rootTitle"),
            title: node.text("title"),
            metadata_type: node.text("metadataType"),
            content_type: node.text("contentType"),
            rating_key: rating_key(&part("Location").text("uri")),
            state: status.text("state"),
            failure: status.text("failure"),
            items: status.int("itemsCount"),
            items_complete: status.int("itemsCompleteCount"),
            items_downloaded: status.int("itemsDownloadedCount"),
            video_bitrate: settings.int("maxVideoBitrate"),
            audio_bitrate: settings.int("musicBitrate"),
            photo_quality: settings.int("photoQuality"),
            video_quality: settings.int("videoQuality"),
            total_size: status.int("totalSize"),
        }
    };
    items.map(read).collect()
}

/// The key at the end of `library://<uuid>/item/%2Flibrary%2Fmetadata%2F<key>`.
fn rating_key(uri: &str) -> String {
    let key = uri.rsplit_once("%2F").map(|(_, key)| key).unwrap_or_default();
    if key.bytes().all(|byte| byte.is_ascii_digit()) { key.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

    #[test]
    fn coordinates_are_read_as_they_come() {
        let read = |text: &str| location(&wire::parse(text.as_bytes()).unwrap());
        let perth = read(r#"<location city="Perth" code="AU" coordinates="-31.95, 115.86"/>"#);
        assert_eq!((perth.latitude, perth.longitude), (Some(-31.95), Some(115.86)));
        assert_eq!(perth.postal_code, "");
        for odd in ["", "1", "a,b", "NaN,1", ","] {
            let found = read(&format!(r#"<location coordinates="{odd}"/>"#));
            assert_eq!(found.latitude, None, "{odd}");
        }
    }

    #[test]
    fn what_was_synced() {
        let text = r#"<SyncLists><SyncList clientIdentifier="abc"><Device name="iPad" platform="iOS" userID="7"/>
            <SyncItems><SyncItem id="30" title="Season 2" rootTitle="Show" metadataType="episode" contentType="video">
            <Status state="complete" itemsCount="8" itemsCompleteCount="8" itemsDownloadedCount="4" totalSize="9000000000"/>
            <MediaSettings maxVideoBitrate="4000" musicBitrate="192"/>
            <Location uri="library://u/item/%2Flibrary%2Fmetadata%2F493"/></SyncItem></SyncItems></SyncList></SyncLists>"#;
        let root = wire::parse(text.as_bytes()).unwrap();
        let items: Vec<_> = root.all("SyncList").flat_map(synced).collect();
        assert_eq!(items.len(), 1);
        assert_eq!((items[0].rating_key.as_str(), items[0].total_size), ("493", Some(9_000_000_000)));
        assert_eq!((items[0].account_id, items[0].items_downloaded), (Some(7), Some(4)));
        assert_eq!(rating_key("library://gone/item/"), "");
        assert_eq!(rating_key("x%2Fy%2F..%2Fz"), "");
    }

    #[test]
    fn identifiers_are_no_paths() {
        assert!(is_plain("6e0759601da4d899-com-plexapp-android"));
        for odd in ["", "a/b", "..", "a?b", "a b", "é"] {
            assert!(!is_plain(odd), "{odd}");
        }
    }
}
