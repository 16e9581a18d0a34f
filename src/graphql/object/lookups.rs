//! What others know: places, networks, servers, releases, devices.

use crate::graphql::scalar::{Long, int, said};
use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::server;
use tautulli_services::lookups;

/// Where on earth an address is.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct GeoLocation {
    /// City.
    city: Option<String>,
    /// ISO 3166-1 code of the country.
    country_code: Option<String>,
    /// Code of the continent.
    continent_code: Option<String>,
    /// Country.
    country: Option<String>,
    /// Degrees north.
    latitude: Option<f64>,
    /// Degrees east.
    longitude: Option<f64>,
    /// Postal code.
    postal_code: Option<String>,
    /// State or region.
    region: Option<String>,
    /// IANA name of the time zone.
    time_zone: Option<String>,
}

impl From<server::GeoLocation> for GeoLocation {
    fn from(place: server::GeoLocation) -> Self {
        Self {
            city: said(&place.city),
            country_code: said(&place.country_code),
            continent_code: said(&place.continent_code),
            country: said(&place.country),
            latitude: place.latitude,
            longitude: place.longitude,
            postal_code: said(&place.postal_code),
            region: said(&place.region),
            time_zone: said(&place.time_zone),
        }
    }
}

/// Whose network an address belongs to, as the registries tell.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct NetworkOwner {
    /// Networks that the address is in.
    networks: Vec<Network>,
    /// Why nothing is known.
    problem: Option<String>,
}

/// A network as a registry tells of it.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct Network {
    /// Its name.
    name: Option<String>,
    /// Its addresses.
    range: Option<String>,
    /// Who it is.
    description: Option<String>,
    /// Code of the country.
    country: Option<String>,
    /// City.
    city: Option<String>,
    /// State or province.
    state: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// Street.
    address: Option<String>,
}

impl From<&lookups::Owner> for NetworkOwner {
    fn from(owner: &lookups::Owner) -> Self {
        let network = |network: &lookups::Network| Network {
            name: said(&network.name),
            range: said(&network.range),
            description: said(&network.description),
            country: said(&network.country),
            city: said(&network.city),
            state: said(&network.state),
            postal_code: said(&network.postal_code),
            address: said(&network.address),
        };
        Self { networks: owner.networks.iter().map(network).collect(), problem: owner.problem.clone() }
    }
}

/// A media server that plex.tv or another server knows.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct KnownServer {
    /// Its name.
    name: String,
    /// Plex's identifier of the machine.
    machine_id: String,
    /// Version of Plex Media Server.
    version: Option<String>,
    /// Takes encrypted connections only.
    https_required: bool,
    /// Run by Plex's own machines.
    cloud: bool,
    /// Belongs to the account that was asked.
    owned: bool,
    /// Where it may be reached, the nearest first.
    addresses: Vec<ServerAddress>,
}

/// Where a server may be reached.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct ServerAddress {
    /// The whole address, where it is told.
    uri: Option<String>,
    /// Name or number of the host.
    host: String,
    /// Port.
    port: Option<i32>,
    /// In the server's own network.
    local: bool,
}

impl From<server::KnownServer> for KnownServer {
    fn from(known: server::KnownServer) -> Self {
        let address = |address: server::ServerAddress| ServerAddress {
            uri: said(&address.uri),
            host: address.host,
            port: address.port.map(i32::from),
            local: address.local,
        };
        Self {
            name: known.name,
            machine_id: known.machine_id,
            version: said(&known.version),
            https_required: known.https_required,
            cloud: known.cloud,
            owned: known.owned,
            addresses: known.addresses.into_iter().map(address).collect(),
        }
    }
}

/// A release of Plex Media Server.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct ServerRelease {
    /// The platform that it is for.
    platform: String,
    /// Its version.
    version: String,
    /// Whether it is newer than what the server runs.
    newer: bool,
    /// When it was released.
    released_at: Option<DateTime<Utc>>,
    /// What it needs.
    requirements: Option<String>,
    /// More about it.
    extra_info: Option<String>,
    /// What is new.
    added: Option<String>,
    /// What was mended.
    fixed: Option<String>,
    /// Files to install it from.
    builds: Vec<ReleaseBuild>,
}

/// A file to install a release from.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct ReleaseBuild {
    /// Its name for people.
    label: String,
    /// The machine that it is for.
    build: String,
    /// The distribution that it is for.
    distro: String,
    /// Where it lies.
    url: String,
}

impl ServerRelease {
    /// A release, seen from a server that runs `running`.
    pub(crate) fn seen_from(running: &str, release: server::ServerRelease) -> Self {
        let build = |build: server::ReleaseBuild| ReleaseBuild {
            label: build.label,
            build: build.build,
            distro: build.distro,
            url: build.url,
        };
        Self {
            newer: numbers(&release.version) > numbers(running),
            platform: release.platform,
            version: release.version,
            released_at: release.released_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            requirements: said(&release.requirements),
            extra_info: said(&release.extra_info),
            added: said(&release.added),
            fixed: said(&release.fixed),
            builds: release.builds.into_iter().map(build).collect(),
        }
    }
}

/// The numbers of a version: what is behind the dash only names the build.
fn numbers(version: &str) -> Vec<u64> {
    let front = version.split('-').next().unwrap_or_default();
    front.split('.').map(|number| number.parse().unwrap_or(0)).collect()
}

/// Something that was put on a device to be watched without a connection.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct SyncedItem {
    /// Its number.
    id: ID,
    /// Plex's identifier of the device.
    client_id: String,
    /// Name of the device.
    device: String,
    /// Platform of the device.
    platform: String,
    /// plex.tv account of the device's user.
    account_id: Option<Long>,
    /// Title of the show, artist or movie.
    root_title: String,
    /// Its own title.
    title: String,
    /// Plex's kind of what it holds.
    metadata_type: String,
    /// video, audio or photo.
    content_type: String,
    /// Plex's key of the item; absent where it is gone.
    rating_key: Option<String>,
    /// pending, complete or what plex.tv says.
    state: String,
    /// Why it failed.
    failure: Option<String>,
    /// How many items it holds.
    item_count: Option<i32>,
    /// How many are ready.
    item_complete_count: Option<i32>,
    /// How many are on the device.
    item_downloaded_count: Option<i32>,
    /// Bitrate of the picture in kbit/s.
    video_bitrate: Option<i32>,
    /// Bitrate of the sound in kbit/s.
    audio_bitrate: Option<i32>,
    /// Quality of photos, per cent.
    photo_quality: Option<i32>,
    /// Quality of the picture, per cent.
    video_quality: Option<i32>,
    /// Size in bytes.
    total_size: Option<Long>,
}

impl From<server::SyncedItem> for SyncedItem {
    fn from(item: server::SyncedItem) -> Self {
        Self {
            id: ID(item.sync_id),
            client_id: item.client_id,
            device: item.device,
            platform: item.platform,
            account_id: item.account_id.map(Long),
            root_title: item.root_title,
            title: item.title,
            metadata_type: item.metadata_type,
            content_type: item.content_type,
            rating_key: said(&item.rating_key),
            state: item.state,
            failure: said(&item.failure),
            item_count: int(item.items),
            item_complete_count: int(item.items_complete),
            item_downloaded_count: int(item.items_downloaded),
            video_bitrate: int(item.video_bitrate),
            audio_bitrate: int(item.audio_bitrate),
            photo_quality: int(item.photo_quality),
            video_quality: int(item.video_quality),
            total_size: item.total_size.map(Long),
        }
    }
}
