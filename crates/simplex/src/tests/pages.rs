//! Owns the checks of the library: access, paging, filters, items in full, pictures.

use super::bench::{call, first, get, get_json, start};
use crate::ItemKind;

#[tokio::test]
async fn tokens_decide_what_is_seen() {
    let sim = start().await;
    let url = |path: &str| format!("{}{path}", sim.pms_url());
    let refused = call("GET", &url("/status/sessions"), &[], "").await.unwrap();
    assert_eq!(refused.status, 401);
    assert!(refused.head.contains("text/html") && refused.text().contains("Unauthorized"));
    assert_eq!(call("GET", &url("/status/sessions?X-Plex-Token=bad"), &[], "").await.unwrap().status, 401);
    assert_eq!(call("GET", &url("/identity"), &[], "").await.unwrap().status, 200);
    let by_query = url(&format!("/status/sessions?X-Plex-Token={}", sim.server_token()));
    assert_eq!(call("GET", &by_query, &[], "").await.unwrap().status, 200);
    let kid = sim.director().world(|world| world.user(1_000_203).unwrap().token.clone());
    let headers = [("X-Plex-Token", kid.as_str())];
    assert_eq!(call("GET", &url("/status/sessions"), &headers, "").await.unwrap().status, 403);
    assert_eq!(call("GET", &url("/library/sections/3/all"), &headers, "").await.unwrap().status, 404);
    let sections = call("GET", &url("/library/sections"), &headers, "").await.unwrap();
    assert_eq!(sections.text().matches("<Directory").count(), 2);
}

#[tokio::test]
async fn pages_are_counted_only_when_asked_for() {
    let sim = start().await;
    let all = get_json(&sim, "/library/sections/1/all").await;
    assert!(all.get("totalSize").is_none());
    let total = all["size"].as_u64().unwrap();
    let count = get(&sim, "/library/sections/1/all?X-Plex-Container-Start=0&X-Plex-Container-Size=0").await;
    assert!(count.text().contains(&format!("size=\"0\" totalSize=\"{total}\" offset=\"0\"")));
    assert!(count.head.contains(&format!("x-plex-container-total-size: {total}")));
    let token = sim.token();
    let headers =
        [("X-Plex-Token", token.as_str()), ("X-Plex-Container-Start", "2"), ("X-Plex-Container-Size", "3")];
    let page = call("GET", &format!("{}/library/sections/1/all", sim.pms_url()), &headers, "").await.unwrap();
    assert_eq!(page.text().matches("<Video ").count(), 3);
    let third = all["Metadata"][2]["ratingKey"].as_str().unwrap();
    let text = page.text();
    let (_, rows) = text.split_once("<Video ").unwrap();
    assert!(rows.starts_with(&format!("ratingKey=\"{third}\"")));
}

#[tokio::test]
async fn lists_can_be_of_a_type_and_sorted() {
    let sim = start().await;
    let episodes = get_json(&sim, "/library/sections/2/all?type=4").await;
    assert_eq!(episodes["Metadata"][0]["type"], "episode");
    let newest = get_json(&sim, "/library/sections/1/all?sort=addedAt:desc").await;
    let stamps: Vec<i64> =
        newest["Metadata"].as_array().unwrap().iter().map(|row| row["addedAt"].as_i64().unwrap()).collect();
    assert!(stamps.is_sorted_by(|a, b| a >= b));
}

#[tokio::test]
async fn items_come_in_batches_and_in_full() {
    let sim = start().await;
    let marked = sim
        .director()
        .world(|world| world.items.values().find(|item| !item.markers.is_empty()).unwrap().rating_key);
    let path = format!("/library/metadata/{marked}");
    let plain = get_json(&sim, &path).await["Metadata"][0].clone();
    assert!(plain.get("Marker").is_none());
    assert!(plain["Media"][0]["Part"][0]["Stream"][0]["id"].is_u64());
    let with_markers = get_json(&sim, &format!("{path}?includeMarkers=1")).await;
    assert!(with_markers["Metadata"][0]["Marker"][0]["startTimeOffset"].is_i64());
    let track = first(&sim, ItemKind::Track);
    let batch = get_json(&sim, &format!("/library/metadata/{track},{marked},999999")).await;
    assert_eq!((&batch["size"], &batch["Metadata"][0]["type"]), (&2.into(), &"track".into()));
    assert_eq!(get(&sim, "/library/metadata/999999").await.status, 404);
}

#[tokio::test]
async fn children_of_a_show_start_with_all_episodes() {
    let sim = start().await;
    let show = sim.director().world(|world| {
        world.of_kind(ItemKind::Show, None).find(|show| show.place.children.len() > 1).unwrap().rating_key
    });
    let children = get_json(&sim, &format!("/library/metadata/{show}/children")).await;
    assert_eq!(children["Directory"][0]["title"], "All episodes");
    let seasons = children["Metadata"].as_array().unwrap().len();
    assert_eq!(children["size"], seasons + 1);
    let plain = get_json(&sim, &format!("/library/metadata/{show}/children?excludeAllLeaves=1")).await;
    assert_eq!(plain["size"], seasons);
}

#[tokio::test]
async fn pictures_have_the_size_that_is_asked_for() {
    let sim = start().await;
    let path = "/photo/:/transcode?url=%2Flibrary%2Fmetadata%2F1%2Fthumb%2F1&width=40&height=60&format=png";
    let png = get(&sim, path).await;
    assert!(png.head.contains("image/png"));
    assert_eq!(png.body[16..24], [0, 0, 0, 40, 0, 0, 0, 60]);
    assert_eq!(png.body, get(&sim, path).await.body);
    let jpeg = get(&sim, "/library/metadata/1/thumb/123").await;
    assert_eq!(jpeg.body[..3], [0xff, 0xd8, 0xff]);
    assert_eq!(get(&sim, "/library/metadata/999999/thumb/1").await.status, 404);
    assert_eq!(get(&sim, "/photo/:/transcode").await.status, 400);
}
