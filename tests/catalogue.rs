//! What is in the libraries, asked of the media server, and who sees it.

use crate::support::app::KEY;
use crate::support::{TestApp, http, until};
use serde_json::{Value, json};
use tautulli_simplex::{Item, ItemKind};

/// The first item that fits.
fn find(app: &TestApp, fits: impl Fn(&Item) -> bool) -> Item {
    app.director().world(|world| world.items.values().find(|item| fits(item)).cloned()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_has_files_tracks_and_children() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let movie = find(&app, |item| item.kind == ItemKind::Movie && !item.media.is_empty());
    let asked = "query($key: String!) { libraryItem(ratingKey: $key) { facts { title kind } files { version { mediaId file fileSize }
        tracks { selected content { kind: __typename ... on VideoTrack { codec } } } } children { childCount } mediaItem { id } } }";
    let told = admin.data_with(asked, json!({"key": movie.rating_key.to_string()})).await;
    let told = &told["libraryItem"];
    assert_eq!((&told["facts"]["title"], &told["facts"]["kind"]), (&json!(movie.title), &json!("MOVIE")));
    assert_eq!(told["files"].as_array().unwrap().len(), movie.media.len());
    assert!(told["files"][0]["version"]["file"].as_str().unwrap().starts_with('/'));
    assert_eq!(told["files"][0]["tracks"][0]["content"]["kind"], "VideoTrack");
    assert_eq!((&told["children"], &told["mediaItem"]), (&json!([]), &Value::Null));

    let show = find(&app, |item| item.kind == ItemKind::Show && item.place.children.len() > 1);
    let asked = "query($key: String!) { libraryItem(ratingKey: $key) { childCount children { facts { kind parentTitle } }
        table(input: { orderBy: [TITLE], descending: [true], limit: 1 }) { totalCount filteredCount rows { kind } } } }";
    let told = admin.data_with(asked, json!({"key": show.rating_key.to_string()})).await;
    let (told, seasons) = (&told["libraryItem"], show.place.children.len());
    assert_eq!(told["children"].as_array().unwrap().len(), seasons);
    assert_eq!(told["children"][0]["facts"], json!({"kind": "SEASON", "parentTitle": show.title}));
    assert_eq!(
        told["table"],
        json!({"totalCount": seasons, "filteredCount": seasons, "rows": [{"kind": "SEASON"}]})
    );
    for key in ["99999999", "abc", "", "1/../2"] {
        let told = admin
            .data_with(
                "query($key: String!) { libraryItem(ratingKey: $key) { childCount } }",
                json!({"key": key}),
            )
            .await;
        assert_eq!(told["libraryItem"], Value::Null, "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_library_holds_is_measured_and_reckoned_back() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let asked = "{ libraries { kind count childCount table(input: { limit: 1 }) { filteredFileSize }
        holding { day items size isReckoned } growth { day items size isReckoned } } }";
    let libraries = until("measured libraries", async || {
        let told = admin.data(asked).await["libraries"].as_array().cloned().unwrap_or_default();
        let leaves =
            |library: &Value| ["MOVIE", "SHOW", "ARTIST"].contains(&library["kind"].as_str().unwrap());
        let measured =
            told.iter().filter(|library| leaves(library)).all(|library| !library["holding"].is_null());
        (measured && !told.is_empty()).then_some(told)
    })
    .await;
    for library in &libraries {
        let (now, growth) = (&library["holding"], library["growth"].as_array().unwrap());
        assert_eq!(growth.last(), Some(now).filter(|now| !now.is_null()), "{library}");
        let column =
            |name: &str| -> Vec<i64> { growth.iter().map(|row| row[name].as_i64().unwrap()).collect() };
        assert!(column("items").is_sorted() && column("size").is_sorted());
        let is_movies = library["kind"] == "MOVIE";
        if !now.is_null() {
            assert_eq!(now["items"], library[if is_movies { "count" } else { "childCount" }]);
            assert_eq!(now["isReckoned"], false);
            assert!(now["size"].as_i64().unwrap() > 0);
            assert!(growth.iter().rev().skip(1).all(|row| row["isReckoned"] == true) && growth.len() > 1);
        }
        if is_movies {
            // The table tells of one version of each.
            assert!(now["size"].as_i64() >= library["table"]["filteredFileSize"].as_i64());
        }
    }
    let guest = app.guest(1_000_102).await;
    let told = guest.data("{ libraries { holding { size } growth { size } } }").await;
    for library in told["libraries"].as_array().unwrap() {
        assert_eq!(*library, json!({"holding": null, "growth": []}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_is_a_table_that_is_read_once() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let libraries = until("libraries", async || {
        let told = admin.data("{ libraries { id kind sectionId } }").await;
        told["libraries"].as_array().filter(|found| !found.is_empty()).cloned()
    })
    .await;
    let movies = libraries.iter().find(|library| library["kind"] == "MOVIE").unwrap();
    let asked = "query($id: ID!, $input: TableInput) { node(id: $id) { ... on Library { collections { set { smart } }
        table(input: $input) { totalCount filteredCount filteredFileSize pageFileSize readAt rows { title fileSize plays } } } } }";
    let table = async |input: Value| {
        admin.data_with(asked, json!({"id": movies["id"], "input": input})).await["node"]["table"].clone()
    };
    let whole = table(json!({"orderBy": ["FILE_SIZE"], "descending": [true]})).await;
    let sizes: Vec<i64> =
        whole["rows"].as_array().unwrap().iter().map(|row| row["fileSize"].as_i64().unwrap_or(0)).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.len() > 5);
    assert_eq!(whole["filteredFileSize"], json!(sizes.iter().sum::<i64>()));
    assert_eq!(whole["totalCount"], json!(sizes.len()));
    let page = table(json!({"orderBy": ["FILE_SIZE"], "descending": [true], "offset": 1, "limit": 2})).await;
    assert_eq!(page["rows"], json!(whole["rows"].as_array().unwrap()[1..3]));
    assert_eq!((&page["readAt"], &page["pageFileSize"]), (&whole["readAt"], &json!(sizes[1] + sizes[2])));
    let anew = table(json!({"refresh": true, "limit": 0})).await;
    assert_ne!(anew["readAt"], whole["readAt"]);
    let wrong = admin.ask_with(asked, json!({"id": movies["id"], "input": {"offset": -1}})).await;
    assert_eq!(wrong["errors"][0]["extensions"]["code"], "INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_and_what_is_found() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let told = admin.data("{ recentlyAdded(kind: MOVIE, first: 3) { facts { kind addedAt } } }").await;
    let added: Vec<_> = told["recentlyAdded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["facts"]["addedAt"].to_string())
        .collect();
    assert!(added.len() == 3 && added.is_sorted_by(|a, b| a >= b), "{added:?}");
    let movie = find(&app, |item| {
        item.kind == ItemKind::Movie && item.title.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
    });
    let asked = "query($text: String!) { search(text: $text, first: 5) { kind items { facts { title } } } }";
    let told = admin.data_with(asked, json!({"text": movie.title})).await;
    let movies = told["search"].as_array().unwrap().iter().find(|group| group["kind"] == "MOVIE").unwrap();
    assert!(
        movies["items"].as_array().unwrap().iter().any(|item| item["facts"]["title"] == json!(movie.title)),
        "{movies}"
    );
    assert_eq!(admin.data_with(asked, json!({"text": ""})).await["search"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_the_libraries_that_are_shared_and_no_paths() {
    let app = TestApp::start().await;
    let (account, shared) = app
        .director()
        .world(|world| {
            let of = |user: &&tautulli_simplex::User| {
                !user.is_owner
                    && !user.shared_sections.is_empty()
                    && user.shared_sections.len() < world.sections.len()
            };
            world.users.iter().find(of).map(|user| (user.user_id, user.shared_sections.clone()))
        })
        .unwrap();
    let guest = app.guest(i64::try_from(account).unwrap()).await;
    until("shared libraries", async || {
        let told = guest.data("{ libraries { id } }").await;
        (!told["libraries"].as_array().unwrap().is_empty()).then_some(())
    })
    .await;
    let asked =
        "query($key: String!) { libraryItem(ratingKey: $key) { files { version { file fileSize } } } }";
    let see = async |item: &Item| {
        guest.data_with(asked, json!({"key": item.rating_key.to_string()})).await["libraryItem"].clone()
    };
    let hidden = find(&app, |item| !shared.contains(&item.section_id) && !item.media.is_empty());
    assert_eq!(see(&hidden).await, Value::Null);
    let open = find(&app, |item| shared.contains(&item.section_id) && !item.media.is_empty());
    let seen = see(&open).await;
    assert_eq!(seen["files"][0]["version"]["file"], Value::Null);
    assert!(seen["files"][0]["version"]["fileSize"].is_i64());
    let recent = guest.data("{ recentlyAdded(first: 200) { facts { sectionId } } servers { playlists { childCount } knownServers { name } preference(name: \"FriendlyName\") } }").await;
    let mut sections = recent["recentlyAdded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["facts"]["sectionId"].as_u64().unwrap());
    assert!(sections.all(|section| shared.contains(&section)));
    assert_eq!(recent["servers"][0], json!({"playlists": [], "knownServers": [], "preference": null}));
}

/// Names that some command knows.
const NAMES: [&str; 40] = [
    "rating_key",
    "section_id",
    "user_id",
    "query",
    "limit",
    "count",
    "start",
    "length",
    "search",
    "order_column",
    "order_dir",
    "media_type",
    "sync_id",
    "client_id",
    "pref",
    "ip_address",
    "img",
    "width",
    "height",
    "blur",
    "background",
    "fallback",
    "key",
    "sort",
    "regex",
    "end",
    "logfile",
    "window",
    "hostname",
    "port",
    "notifier_id",
    "newsletter_id",
    "export_id",
    "notify_action",
    "row_id",
    "session_key",
    "grouping",
    "service",
    "device_id",
    "device_name",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_is_answered_in_the_references_shape() {
    let app = TestApp::start().await;
    let url = format!("{}/api/v2", app.base);
    let docs =
        http().get(&url).query(&[("cmd", "docs")]).send().await.unwrap().json::<Value>().await.unwrap();
    let commands: Vec<String> = docs["response"]["data"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(commands.len(), 125);
    let huge = "9".repeat(40_000);
    for value in
        ["' OR 1=1; DROP TABLE plays; --", "-1", "{\"a\": [\u{1}]}<x>&../../etc/passwd", huge.as_str()]
    {
        for command in commands.iter().filter(|name| *name != "docs_md" && *name != "restart") {
            let mut form = vec![("apikey", KEY), ("cmd", command.as_str())];
            form.extend(NAMES.iter().map(|name| (*name, value)));
            let answer = http().post(&url).form(&form).send().await.unwrap();
            let status = answer.status().as_u16();
            let text = answer.text().await.unwrap();
            assert!([200, 400, 500].contains(&status), "{command} {status}");
            let inside = ["panicked", "diesel", ".rs", "SELECT ", "tautulli_db"];
            if status == 500 {
                assert!(text.contains("\"Check the logs for errors\""), "{command}: {text}");
            }
            if command != "docs" {
                assert!(!inside.iter().any(|word| text.contains(word)), "{command}: {text}");
            }
        }
    }
    let still = http()
        .get(&url)
        .query(&[("apikey", KEY), ("cmd", "status"), ("check", "database")])
        .send()
        .await
        .unwrap();
    assert_eq!(still.status(), 200);
}
