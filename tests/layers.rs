//! Who may import whom.

use cargo_metadata::MetadataCommand;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let normal = |d: &&cargo_metadata::Dependency| d.kind == cargo_metadata::DependencyKind::Normal;
    metadata
        .packages
        .iter()
        .map(|p| (p.name.to_string(), p.dependencies.iter().filter(normal).map(|d| d.name.clone()).collect()))
        .collect()
}

fn own(all: &BTreeMap<String, BTreeSet<String>>, name: &str) -> Vec<String> {
    all[name].iter().filter(|d| d.starts_with("tautulli")).cloned().collect()
}

#[test]
fn crates_depend_inwards() {
    let all = dependencies();
    assert!(own(&all, "tautulli-domain").is_empty());
    assert_eq!(own(&all, "tautulli-db"), ["tautulli-domain"]);
    assert_eq!(own(&all, "tautulli-plex"), ["tautulli-domain"]);
    assert_eq!(own(&all, "tautulli-import"), ["tautulli-domain"]);
    assert_eq!(
        own(&all, "tautulli-services"),
        ["tautulli-db", "tautulli-domain", "tautulli-import", "tautulli-plex"]
    );
    for leaf in ["tautulli-postgres", "tautulli-simplex", "tautulli-compat"] {
        assert!(own(&all, leaf).is_empty(), "{leaf} must not know the workspace");
    }
    assert!(!own(&all, "tautulli").iter().any(|d| d.contains("testkit")));
}

#[test]
fn diesel_and_graphql_stay_in_their_rooms() {
    for (name, dependencies) in dependencies() {
        let has = |prefix: &str| dependencies.iter().any(|d| d.starts_with(prefix));
        assert!(name == "tautulli-db" || !has("diesel"), "{name} uses diesel");
        assert!(name == "tautulli" || !has("async-graphql"), "{name} uses async-graphql");
        assert!(name == "tautulli-import" || !has("rusqlite"), "{name} uses SQLite");
    }
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push((path.to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn rooms_of_the_service_import_inwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    for (path, text) in found {
        let room = path.strip_prefix(&*root.to_string_lossy()).unwrap().trim_start_matches('/').to_owned();
        let forbids = |word: &str| assert!(!text.contains(word), "{room} must not use {word}");
        if room.starts_with("graphql/") {
            forbids("crate::web");
            forbids("crate::boot");
            forbids("tautulli_db");
        }
        if room.starts_with("web/") {
            forbids("crate::boot");
            forbids("tautulli_db");
        }
        if !["graphql", "web", "bridge"].iter().any(|r| room.starts_with(r)) {
            forbids("async_graphql");
        }
        if !room.starts_with("demo/") {
            forbids("tautulli_simplex");
        }
        if room.starts_with("config/") || room.starts_with("logging/") {
            forbids("tautulli_services");
        }
    }
}
