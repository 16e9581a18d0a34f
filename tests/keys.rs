//! What keys with limits may see, in the graph and through every legacy command that reads.

use crate::support::{Client, TestApp, http, until};
use serde_json::{Value, json};
use tautulli_simplex::{ItemKind, Start};

/// Two plays of one user: a movie and an episode, which are of different libraries.
struct Scene {
    app: TestApp,
    movie: u64,
    episode: u64,
    /// Its show's, which a movie may have, too.
    title: String,
    /// Identifiers of the episode and its show that a key limited to movies must never hear.
    secret: Vec<String>,
}

const USER: u64 = 1_000_102;

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let director = app.director();
    let first = |kind: ItemKind| {
        director.world(|w| w.items.values().find(|i| i.kind == kind).map(|i| i.rating_key)).unwrap()
    };
    let (movie, episode) = (first(ItemKind::Movie), first(ItemKind::Episode));
    for key in [movie, episode] {
        director.start(&Start::item(key).user(USER)).unwrap();
    }
    let question = "{ activity { sessions { id library { sectionId } item { grandparentTitle guid grandparentGuid kind } } } }";
    let sessions = until("both sessions", async || {
        let told = app.admin().data(question).await;
        let sessions = told["activity"]["sessions"].as_array().unwrap().clone();
        (sessions.len() == 2 && sessions.iter().all(|s| s["library"].is_object())).then_some(sessions)
    })
    .await;
    let hidden = sessions.iter().find(|s| s["item"]["kind"] == "EPISODE").unwrap()["item"].clone();
    let word = |name: &str| hidden[name].as_str().unwrap().to_owned();
    let secret = vec![word("guid"), word("grandparentGuid")];
    assert!(secret.iter().all(|word| word.len() > 10));
    Scene { app, movie, episode, title: word("grandparentTitle"), secret }
}

impl Scene {
    async fn library(&self, kind: &str) -> Value {
        let libraries = self.app.admin().data("{ libraries { id kind sectionId } }").await;
        let libraries = libraries["libraries"].as_array().unwrap().clone();
        libraries.into_iter().find(|library| library["kind"] == kind).unwrap()
    }

    async fn key_of_movies(&self) -> String {
        self.app.secret(&format!("libraryIds: [{}]", self.library("MOVIE").await["id"])).await
    }

    /// Ends both and waits for their plays.
    async fn over(&self) {
        let director = self.app.director();
        let sessions = self.app.admin().data("{ activity { sessions { sessionKey } } }").await;
        for session in sessions["activity"]["sessions"].as_array().unwrap() {
            director.stop(session["sessionKey"].as_u64().unwrap(), None, true).unwrap();
        }
        until("both plays", async || {
            let told = self.app.admin().data("{ history { totalCount } }").await;
            (told["history"]["totalCount"] == 2).then_some(())
        })
        .await;
    }

    async fn ask(&self, key: &str, command: &str, more: &[(&str, String)]) -> (u16, String) {
        let given = [("apikey", key), ("cmd", command)];
        let more = more.iter().map(|(name, value)| (*name, value.as_str()));
        let given: Vec<_> = given.into_iter().chain(more).collect();
        let answer = http().get(format!("{}/api/v2", self.app.base)).query(&given).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    fn leak<'a>(&'a self, text: &str) -> Option<&'a String> {
        self.secret.iter().find(|word| text.contains(word.as_str()))
    }
}

/// The commands that read.
async fn reading_commands(scene: &Scene) -> Vec<String> {
    let (_, docs) = scene.ask("", "docs", &[]).await;
    let docs: Value = serde_json::from_str(&docs).unwrap();
    let names = docs["response"]["data"].as_object().unwrap().keys();
    names.filter(|name| name.starts_with("get_") || *name == "search").cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_some_libraries_hears_of_no_other_in_any_command() {
    let scene = scene().await;
    let key = scene.key_of_movies().await;
    let (_, now) = scene.ask(&key, "get_activity", &[]).await;
    let now: Value = serde_json::from_str(&now).unwrap();
    assert_eq!(now["response"]["data"]["stream_count"], "1", "{now}");
    assert_eq!(now["response"]["data"]["sessions"][0]["rating_key"], scene.movie.to_string());
    scene.over().await;
    let section = scene.library("SHOW").await["sectionId"].to_string();
    let given: [&[(&str, String)]; 4] = [
        &[("user_id", USER.to_string()), ("query", scene.title.clone()), ("grouping", "0".to_owned())],
        &[("section_id", section.clone()), ("row_id", "2".to_owned())],
        &[("rating_key", scene.episode.to_string()), ("row_id", "1".to_owned())],
        &[("guid", scene.secret[0].clone()), ("section_id", section), ("length", "-1".to_owned())],
    ];
    let mut told = 0;
    for command in reading_commands(&scene).await {
        for more in given {
            let (status, text) = scene.ask(&key, &command, more).await;
            assert_eq!(scene.leak(&text), None, "{command} {more:?}: {text}");
            let is_fault = status == 500 && text.contains("Check the logs for errors");
            let is_refused = status == 400 && text.contains("\"error\"");
            assert!(status == 200 || is_refused || is_fault, "{command} {more:?}: {status} {text}");
            told += usize::from(status == 200);
        }
    }
    assert!(told > 100, "{told} answers say something");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_some_libraries_hears_all_of_them() {
    let scene = scene().await;
    let key = scene.key_of_movies().await;
    scene.over().await;
    let data = async |command: &str, more: &[(&str, String)]| {
        let (status, text) = scene.ask(&key, command, more).await;
        assert_eq!(status, 200, "{command}: {text}");
        serde_json::from_str::<Value>(&text).unwrap()["response"]["data"].clone()
    };
    let history = data("get_history", &[]).await;
    assert_eq!((&history["recordsFiltered"], &history["recordsTotal"]), (&json!(1), &json!(1)));
    assert_eq!(history["data"][0]["rating_key"], scene.movie);
    assert_eq!(data("get_libraries", &[]).await.as_array().unwrap().len(), 1);
    let plays = data("get_home_stats", &[("stat_id", "top_users".to_owned())]).await;
    assert_eq!(plays["rows"][0]["total_plays"], 1);
    let watched = data("get_item_watch_time_stats", &[("rating_key", scene.movie.to_string())]).await;
    assert_eq!(watched[3]["total_plays"], 1);
    let hidden = data("get_item_watch_time_stats", &[("rating_key", scene.episode.to_string())]).await;
    assert_eq!(hidden[3]["total_plays"], 0);
    let own = Client::with_key(&scene.app.base, &key);
    let question = "query($a: Long!) { playerStatistics(accountId: $a) { plays } users { id } historyTable { totalCount } }";
    let told = own.data_with(question, json!({"a": USER})).await;
    assert_eq!((&told["historyTable"]["totalCount"], &told["users"]), (&json!(1), &json!([])));
    for (command, more) in [
        ("delete_history", [("row_ids", "1".to_owned())]),
        ("get_settings", [("key", "General".to_owned())]),
        ("get_logs", [("end", "1".to_owned())]),
        ("download_database", [("x", String::new())]),
    ] {
        let (status, text) = scene.ask(&key, command, &more).await;
        assert_eq!(status, 400, "{command}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_for_reading_and_for_activity_are_refused_in_the_words_of_the_reference() {
    let scene = scene().await;
    let (reading, watching) =
        (scene.app.secret("scope: READING").await, scene.app.secret("scope: ACTIVITY").await);
    for key in [&reading, &watching] {
        let (status, text) = scene.ask(key, "get_activity", &[]).await;
        assert_eq!(status, 200);
        assert!(text.contains("\"stream_count\": \"2\""), "{text}");
    }
    scene.over().await;
    assert_eq!(scene.ask(&reading, "get_history", &[]).await.0, 200);
    for (key, command, more) in [
        (&reading, "delete_history", ("row_ids", "1")),
        (&reading, "edit_user", ("user_id", "1000102")),
        (&reading, "download_database", ("x", "")),
        (&watching, "get_history", ("x", "")),
        (&watching, "get_home_stats", ("x", "")),
        (&watching, "get_users", ("x", "")),
        (&watching, "get_libraries", ("x", "")),
        (&watching, "get_metadata", ("rating_key", "1")),
        (&watching, "download_config", ("x", "")),
    ] {
        let (status, text) = scene.ask(key, command, &[(more.0, more.1.to_owned())]).await;
        let answer: Value = serde_json::from_str(&text).unwrap();
        let told = (status, &answer["response"]["result"], &answer["response"]["data"]);
        assert_eq!(told, (400, &json!("error"), &json!({})), "{command}: {text}");
        assert!(answer["response"]["message"].is_string(), "{command}: {text}");
    }
    let own = Client::with_key(&scene.app.base, &watching);
    // What hangs on a session is no way around.
    let around = "{ servers { playlists { childCount } } viewer { scope isLimited name } }";
    let told = own.data(around).await;
    assert_eq!(told["viewer"], json!({"scope": "ACTIVITY", "isLimited": false, "name": "key"}));
    assert_eq!(told["servers"][0]["playlists"], json!([]));
    let library = scene.library("MOVIE").await["id"].clone();
    assert_eq!(own.code(&format!("{{ node(id: {library}) {{ id }} }}")).await, "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_checked_when_a_key_is_made() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let problem = async |limits: &str| {
        let make = format!(
            "mutation {{ createApiKey(name: \"k\", role: ADMIN, {limits}) {{ problem {{ code }} apiKey {{ scope libraryIds }} }} }}"
        );
        admin.data(&make).await["createApiKey"].clone()
    };
    assert_eq!(problem("libraryIds: []").await["problem"]["code"], "INVALID");
    assert_eq!(problem("libraryIds: [\"bGlicmFyeTow\"]").await["problem"]["code"], "NOT_FOUND");
    let libraries = admin.data("{ libraries { id } }").await;
    let one = &libraries["libraries"][0]["id"];
    let made = problem(&format!("scope: READING, libraryIds: [{one}]")).await;
    assert_eq!(made["apiKey"], json!({"scope": "READING", "libraryIds": [one]}));
    let listed = admin.data("{ apiKeys { scope libraryIds } }").await;
    assert_eq!(listed["apiKeys"], json!([{"scope": "READING", "libraryIds": [one]}]));
}
