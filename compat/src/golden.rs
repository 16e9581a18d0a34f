//! Commands that ask one document, over answers of the schema, held against what was recorded.

use crate::testing::Host;
use serde_json::Value;
use std::path::Path;

type Asked = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Folder and command, the operation that it asks, the parameters that lead there.
const ASKED: [Asked; 8] = [
    ("get_children_metadata", "GetChildrenMetadata", &[("rating_key", "1")]),
    ("get_geoip_lookup", "GetGeoipLookup", &[("ip_address", "198.51.100.9")]),
    ("get_metadata", "GetMetadata", &[("rating_key", "1")]),
    ("get_pms_update", "GetPmsUpdate", &[]),
    ("get_recently_added", "GetRecentlyAdded", &[("count", "1")]),
    ("get_servers_info", "GetServersInfo", &[]),
    ("get_synced_items", "SyncedItems", &[]),
    ("search", "Search", &[("query", "x")]),
];

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test]
async fn every_answer_as_recorded() {
    for (command, operation, params) in ASKED {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(command);
        let mut compared = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let golden = read(&path);
            let host = Host::new(vec![(operation, Ok(golden["answer"].clone()))]);
            let section = path.file_stem().is_some_and(|name| name == "photo-section");
            let section: &[(&str, &str)] = if section { &[("section_id", "4")] } else { &[] };
            let told = host.data(&[&[("cmd", command)], params, section].concat()).await;
            let lines = |value: &Value| serde_json::to_string_pretty(value).unwrap();
            assert_eq!(lines(&told), lines(&golden["legacy"]), "{}", path.display());
            compared += 1;
        }
        assert!(compared > 0, "{command}");
    }
}
