//! What guests are told of the streams of others: that they run and how, and nothing that says whose they are.

use crate::support::{Client, TestApp, until};
use serde_json::{Value, json};
use tautulli_simplex::{Item, ItemKind, Start, User, World};

/// Everything that a page asks of a stream, and what could say whose it is.
const STREAM: &str = "id masked state sessionKey plexSessionId userName user { id friendlyName } library { id name }
    item { kind title fullTitle grandparentTitle libraryName posterUrl(width: 200, height: 300) summary duration }
    player { title machineId device platform product version address publicAddress location bandwidth }
    stream { decision source { file videoCodec } } events { kind }";

struct House {
    app: TestApp,
    guest: Client,
    /// Of a library that is shared with the guest, and of one that is not.
    open: Item,
    hidden: Item,
}

/// An item that can be played, of a library that is shared with a user or is not.
fn item(world: &World, user: &User, is_shared: bool) -> Option<Item> {
    let fits = |item: &&Item| {
        matches!(item.kind, ItemKind::Movie | ItemKind::Episode | ItemKind::Track)
            && !item.media.is_empty()
            && user.shared_sections.contains(&item.section_id) == is_shared
    };
    world.items.values().find(fits).cloned()
}

/// A server with a guest, with whom some libraries are shared, as a whole or only what a filter of Plex's lets through.
async fn house(is_filtered: bool) -> House {
    let app = TestApp::start().await;
    let found = app.director().world(|world| {
        world.users.iter().filter(|user| !user.is_owner).find_map(|user| {
            let (open, hidden) = (item(world, user, true)?, item(world, user, false)?);
            let own = match open.kind {
                ItemKind::Movie => &user.filter_movies,
                ItemKind::Episode => &user.filter_tv,
                _ => &user.filter_music,
            };
            let narrow = !own.is_empty() || !user.filter_all.is_empty();
            (narrow == is_filtered).then(|| (i64::try_from(user.user_id).unwrap(), open, hidden))
        })
    });
    let (account, open, hidden) = found.unwrap();
    let guest = app.guest(account).await;
    until("shared libraries", async || {
        let told = guest.data("{ libraries { id } }").await;
        (!told["libraries"].as_array().unwrap().is_empty()).then_some(())
    })
    .await;
    House { app, guest, open, hidden }
}

async fn told(guest: &Client, count: usize) -> Vec<Value> {
    until("streams", async || {
        let query = format!("{{ activity(others: true) {{ streamCount sessions {{ {STREAM} }} }} }}");
        let activity = guest.data(&query).await["activity"].clone();
        (activity["streamCount"] == json!(count)).then(|| activity["sessions"].as_array().unwrap().clone())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_hears_that_others_watch_and_not_who_where_and_on_what() {
    // SEC-05
    let House { app, guest, open, hidden } = house(false).await;
    for (item, user) in [(&open, 1_000_001), (&hidden, 1_000_001)] {
        app.director().start(&Start::item(item.rating_key).user(user)).unwrap();
    }
    let whole = until("both", async || {
        let query = format!("{{ activity {{ sessions {{ {STREAM} }} }} }}");
        let all = app.admin().data(&query).await["activity"]["sessions"].as_array().unwrap().clone();
        (all.len() == 2).then_some(all)
    })
    .await;
    let seen = told(&guest, 2).await;
    let by_title =
        |all: &[Value], title: &str| all.iter().find(|one| one["item"]["title"] == json!(title)).cloned();
    let shared = by_title(&seen, &open.title).unwrap_or_else(|| panic!("{seen:#?}"));
    assert!(shared["item"]["posterUrl"].is_string() && shared["library"]["name"].is_string(), "{shared}");
    assert!(by_title(&seen, &hidden.title).is_none());
    let nameless = seen.iter().find(|one| **one != shared).unwrap();
    assert_eq!(
        (&nameless["item"]["title"], &nameless["item"]["posterUrl"], &nameless["library"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let same = whole.iter().find(|one| one["id"] == nameless["id"]).unwrap();
    for kept in [
        "/state",
        "/item/kind",
        "/item/duration",
        "/stream/decision",
        "/player/location",
        "/player/bandwidth",
    ] {
        assert_eq!(nameless.pointer(kept), same.pointer(kept), "{kept}");
    }
    for (one, full) in
        seen.iter().map(|one| (one, whole.iter().find(|full| full["id"] == one["id"]).unwrap()))
    {
        assert_eq!((&one["masked"], &full["masked"]), (&json!(true), &json!(false)));
        assert_eq!((&one["user"], &one["userName"], &one["events"]), (&Value::Null, &json!(""), &json!([])));
        let text = one.to_string();
        let names = [
            &full["user"]["friendlyName"],
            &full["user"]["id"],
            &full["player"]["title"],
            &full["player"]["machineId"],
            &full["player"]["address"],
            &full["player"]["publicAddress"],
            &full["plexSessionId"],
            &full["stream"]["source"]["file"],
        ];
        for name in names.into_iter().filter_map(Value::as_str).filter(|name| !name.is_empty()) {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
    assert!(!nameless.to_string().contains(&hidden.title));
    // Nobody is told who does not ask, and nothing more is to be had by the id.
    assert_eq!(guest.data("{ activity { streamCount } }").await["activity"]["streamCount"], 0);
    let by_id = json!({ "id": shared["id"] });
    let query = "query($id: ID!) { session(id: $id) { id } node(id: $id) { id } }";
    assert_eq!(guest.data_with(query, by_id.clone()).await, json!({ "session": null, "node": null }));
    let events = "query($id: ID!) { sessionEvents(sessionId: $id) { event { kind } } }";
    assert_eq!(guest.ask_with(events, by_id).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_follows_the_streams_of_others_without_their_plays() {
    // SEC-05
    let House { app, guest, hidden, .. } = house(false).await;
    let query = "subscription { activity(others: true) { __typename ... on Activity { streamCount }
        ... on Session { masked state userName item { title } } ... on SessionEnded { playId } } }";
    let mut heard = guest.subscribe(query).await;
    let mut whole = app.admin().subscribe(query).await;
    assert_eq!(heard.next().await["activity"]["streamCount"], 0);
    assert_eq!(whole.next().await["activity"]["streamCount"], 0);
    let started = app.director().start(&Start::item(hidden.rating_key).user(1_000_001)).unwrap();
    let of = |kind: &'static str| move |told: &Value| told["activity"]["__typename"] == kind;
    let session = heard.find(of("Session")).await["activity"].clone();
    assert_eq!(
        (&session["masked"], &session["userName"], &session["item"]["title"]),
        (&json!(true), &json!(""), &Value::Null)
    );
    // Long enough to be kept.
    app.director().pause(started.session_key).unwrap();
    heard.find(|told| told["activity"]["state"] == "PAUSED").await;
    app.director().stop(started.session_key, None, true).unwrap();
    assert!(whole.find(of("SessionEnded")).await["activity"]["playId"].is_string());
    assert_eq!(heard.find(of("SessionEnded")).await["activity"]["playId"], Value::Null);
    // A key that is limited to libraries is told of these alone, whatever it asks.
    let libraries = app.admin().data("{ libraries { id kind sectionId } }").await["libraries"].clone();
    let other = libraries
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["sectionId"] != json!(hidden.section_id))
        .unwrap()["id"]
        .clone();
    app.director().start(&Start::item(hidden.rating_key).user(1_000_001)).unwrap();
    until("the stream", async || {
        let told = app.admin().data("{ activity { streamCount } }").await;
        (told["activity"]["streamCount"] == 1).then_some(())
    })
    .await;
    let narrow = app.key(&format!("libraryIds: [{other}]")).await;
    assert_eq!(narrow.data("{ activity(others: true) { streamCount } }").await["activity"]["streamCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_through_a_filter_has_no_title() {
    // SEC-05
    let House { app, guest, open, .. } = house(true).await;
    app.director().start(&Start::item(open.rating_key).user(1_000_001)).unwrap();
    let seen = told(&guest, 1).await;
    assert!(!seen[0].to_string().contains(&open.title), "{seen:?}");
    assert_eq!((&seen[0]["masked"], &seen[0]["item"]["title"]), (&json!(true), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_no_more_has_no_title_any_more_for_those_who_listen() {
    // SEC-05
    let House { app, guest, hidden, .. } = house(false).await;
    app.director().start(&Start::item(hidden.rating_key).user(1_000_001)).unwrap();
    told(&guest, 1).await;
    // As if plex.tv had said when it was asked last that the library is shared with everybody.
    let shared = "UPDATE users SET shared_sections = array_append(shared_sections, $1) WHERE NOT is_admin";
    let section = i64::try_from(hidden.section_id).unwrap();
    app.database.client().await.unwrap().execute(shared, &[&section]).await.unwrap();
    let query = "subscription { activity(others: true) { ... on Activity { sessions { item { title } } } } }";
    let mut listening = guest.subscribe(query).await;
    let title = |heard: &Value| heard["activity"]["sessions"][0]["item"]["title"].clone();
    listening.find(|heard| title(heard) == json!(hidden.title)).await;
    let admin = app.admin();
    let server = admin.data("{ servers { id } }").await["servers"][0]["id"].clone();
    let refresh = "mutation($id: ID!) { refreshUsers(serverId: $id) { problem { code } } }";
    let refreshed = admin.data_with(refresh, json!({ "id": server })).await;
    assert_eq!(refreshed["refreshUsers"]["problem"], Value::Null);
    let is_masked =
        |heard: &Value| heard["activity"]["sessions"].as_array().is_some_and(|all| all.len() == 1);
    let heard = listening.find(|heard| is_masked(heard) && title(heard).is_null()).await;
    assert!(!heard.to_string().contains(&hidden.title), "{heard}");
}
