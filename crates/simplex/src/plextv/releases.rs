//! Owns the list of server releases to download.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::core::Sim;
use crate::http::json as reply;

/// Label, build, distribution, file extension.
type Build = [&'static str; 4];

fn entry(version: &str, name: &str, builds: &[Build]) -> Value {
    let releases = builds.iter().map(|[label, build, distro, extension]| {
        let file = format!("plexmediaserver_{version}_{build}.{extension}");
        json!({
            "label": label,
            "build": build,
            "distro": distro,
            "checksum": "0".repeat(40),
            "url": format!("https://downloads.plex.tv/plex-media-server-new/{version}/{distro}/{file}"),
        })
    });
    json!({
        "id": name.to_lowercase(),
        "name": name,
        "release_date": 1_780_000_000,
        "version": version,
        "requirements": "",
        "extra_info": "",
        "items_added": "(Web) Something",
        "items_fixed": "(Playback) Fixed <a> & \"b\"",
        "releases": releases.collect::<Vec<_>>(),
    })
}

pub(super) async fn downloads(State(sim): State<Sim>) -> Response {
    let core = sim.core();
    let version = core.plextv_version.as_deref().unwrap_or(&core.world.server.version);
    let linux = [
        ["Ubuntu (16.04+) / Debian (8+) - Intel/AMD 64-bit", "linux-x86_64", "debian", "deb"],
        ["Ubuntu (16.04+) / Debian (8+) - ARMv8", "linux-aarch64", "debian", "deb"],
        ["Fedora / CentOS - 64-bit", "linux-x86_64", "redhat", "rpm"],
    ];
    let synology = ["Intel 64-bit", "linux-x86_64", "synology-dsm7", "spk"];
    let body = json!({
        "computer": {
            "Linux": entry(version, "Linux", &linux),
            "Windows": entry(version, "Windows", &[["Windows 64-bit", "windows-x86_64", "windows", "exe"]]),
            "MacOS": entry(version, "macOS", &[["Universal", "darwin-universal", "english", "zip"]]),
            "FreeBSD": entry(version, "FreeBSD", &[["FreeBSD 64-bit", "freebsd-x86_64", "english", "tar.bz2"]]),
        },
        "nas": { "Synology (DSM 7)": entry(version, "Synology (DSM 7)", &[synology]) },
    });
    reply(StatusCode::OK, &body)
}
