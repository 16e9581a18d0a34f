//! Owns the checks of worlds: files, made-up ones, and those that are refused.

use std::collections::BTreeSet;

use super::bench::{get, start};
use crate::{ItemKind, Options, Scale, Simplex, World, WorldError};

/// A world file made by hand: one film, one owner, one player.
const FILE: &str = include_str!("../../fixtures/world.json");

#[tokio::test]
async fn a_world_file_is_served_as_it_says() {
    let world = World::from_json(FILE).unwrap();
    assert_eq!(world.items[&10].kind, ItemKind::Movie);
    let sim = Simplex::start(world, Options::default()).await.unwrap();
    let item = get(&sim, "/library/metadata/10?includeMarkers=1").await.text();
    assert!(item.contains("title=\"The &quot;Only&quot; Film\""));
    assert!(item.contains(
        "<Marker id=\"99\" type=\"credits\" startTimeOffset=\"90000\" endTimeOffset=\"100000\" final=\"1\">"
    ));
    // attributes of a stream keep the order of the file
    assert!(item.contains("codec=\"h264\" index=\"0\" zeta=\"1\" alpha=\"2\""));
    assert_eq!(sim.machine_id(), "abc123");
}

#[test]
fn worlds_survive_a_round_through_their_file() {
    let world = World::generate(3, Scale::Tiny);
    let text = serde_json::to_string(&world).unwrap();
    assert_eq!(World::from_json(&text).unwrap(), world);
}

#[test]
fn equal_seeds_make_equal_worlds() {
    assert_eq!(World::generate(3, Scale::Tiny), World::generate(3, Scale::Tiny));
    assert_ne!(World::generate(3, Scale::Tiny), World::generate(4, Scale::Tiny));
}

#[test]
fn a_made_up_world_has_some_of_everything() {
    let world = World::generate(7, Scale::Small);
    for kind in [
        ItemKind::Movie,
        ItemKind::Episode,
        ItemKind::Track,
        ItemKind::Photo,
        ItemKind::Clip,
        ItemKind::Collection,
    ] {
        assert!(world.of_kind(kind, None).next().is_some(), "{kind:?}");
    }
    let parts = || world.items.values().flat_map(|item| &item.media).flat_map(|media| &media.parts);
    assert!(parts().flat_map(|part| &part.streams).any(|stream| stream.get("DOVIProfile") == Some("8")));
    assert!(parts().flat_map(|part| &part.streams).any(|stream| stream.kind == 3));
    assert!(world.items.values().any(|item| item.media.len() > 1));
    assert!(world.items.values().any(|item| item.markers.iter().any(|marker| marker.kind == "intro")));
    assert!(
        world.users.iter().any(|user| user.is_restricted) && world.users.iter().any(|user| !user.is_active)
    );
    assert!(
        world.devices.iter().any(|device| device.relayed)
            && world.devices.iter().any(|device| !device.secure)
    );
    assert!(!world.programmes.is_empty() && !world.sync_items.is_empty() && !world.playlists.is_empty());
    for item in world.items.values() {
        assert!(
            item.place
                .parent_key
                .is_none_or(|key| world.items[&key].place.children.contains(&item.rating_key))
        );
        assert!(item.place.children.iter().all(|key| world.items.contains_key(key)));
    }
}

#[test]
fn worlds_that_cannot_work_are_refused() {
    assert!(matches!(World::from_json("{"), Err(WorldError::Unreadable(_))));
    let ownerless = FILE.replace("\"is_owner\": true", "\"is_owner\": false");
    assert!(matches!(World::from_json(&ownerless), Err(WorldError::Lacks("owner"))));
    let lost = FILE.replace("\"section_id\": 1", "\"section_id\": 5");
    assert!(matches!(World::from_json(&lost), Err(WorldError::Dangling("item", _))));
}

#[tokio::test]
async fn two_simulations_stand_side_by_side() {
    let (one, two) = (start().await, start().await);
    assert_ne!(one.pms_url(), two.pms_url());
    assert_eq!(one.machine_id(), two.machine_id());
}

proptest::proptest! {
    #[test]
    fn a_damaged_file_is_refused_or_read_but_never_a_panic(at in 0..FILE.len(), byte in proptest::prelude::any::<u8>()) {
        let mut bytes = FILE.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(world) = World::from_json(&String::from_utf8_lossy(&bytes)) {
            proptest::prop_assert!(world.owner().is_some());
        }
    }
}

#[test]
fn a_household_is_believable_and_repeatable() {
    let now = 1_790_000_000;
    let world = World::household(7, now);
    assert_eq!(world, World::household(7, now));
    assert_ne!(world.server.machine_id, World::household(8, now).server.machine_id);
    assert_eq!(World::from_json(&serde_json::to_string(&world).unwrap()).unwrap(), world);
    let films: BTreeSet<&str> =
        world.of_kind(ItemKind::Movie, None).map(|item| item.title.as_str()).collect();
    assert_eq!(films.len(), world.of_kind(ItemKind::Movie, None).count(), "no title twice");
    assert!(films.len() >= 120 && world.of_kind(ItemKind::Show, None).count() >= 40);
    for item in world.playable().filter(|item| item.kind != ItemKind::Photo) {
        let length = item.about.duration.unwrap();
        assert!((120_000..15_000_000).contains(&length), "{} lasts {length}", item.title);
        assert!(item.about.added_at < now, "{} is not there yet", item.title);
        assert!(
            item.markers.iter().all(|marker| marker.start < marker.end && marker.end <= length),
            "{item:?}"
        );
    }
    for user in &world.users {
        assert!(!user.device_ids.is_empty(), "{} has nothing to play on", user.title);
        assert!(user.device_ids.iter().all(|id| world.device(id).is_some()));
    }
}
