//! Servers, their people and libraries, and what is said when they cannot be reached.

use crate::support::{TestApp, until};
use serde_json::{Value, json};
use tautulli_simplex::{Options, Scale, Simplex, World};

const ADD: &str = "mutation($input: AddServer!) { addServer(input: $input) { server { id name isDefault } problem { code message } } }";

async fn add(app: &TestApp, url: &str, token: &str) -> Value {
    let input = json!({ "url": url, "token": token });
    app.admin().data_with(ADD, json!({ "input": input })).await["addServer"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_plex_knows_is_known_here() {
    let app = TestApp::start().await;
    let data = app.admin().data("{ servers { name machineId version plexPass link { state } } users { username isAdmin accountId } libraries { name kind count } viewer { name role } }").await;
    assert_eq!(data["servers"][0]["machineId"], app.plex.machine_id());
    assert_eq!(data["users"][0], json!({ "username": "Local", "isAdmin": false, "accountId": 0 }));
    assert_eq!(data["users"].as_array().unwrap().iter().filter(|u| u["isAdmin"] == true).count(), 1);
    assert!(
        data["libraries"]
            .as_array()
            .unwrap()
            .iter()
            .any(|l| l["kind"] == "MOVIE" && l["count"].as_i64() > Some(0))
    );
    assert_eq!(data["viewer"], json!({ "name": "environment", "role": "ADMIN" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_is_watched_and_removed() {
    let app = TestApp::start().await;
    let mut world = World::generate(11, Scale::Tiny);
    world.server.machine_id = "another".to_owned();
    let other = Simplex::start(world, Options::default()).await.unwrap();
    let added = add(&app, &other.pms_url(), &other.token()).await;
    assert_eq!(added["problem"], Value::Null, "{added}");
    assert_eq!(added["server"]["isDefault"], false);
    let id = added["server"]["id"].clone();
    until("the second server", async || {
        let servers = app.admin().data("{ servers { link { state } } }").await;
        (servers["servers"][1]["link"]["state"] == "LIVE").then_some(())
    })
    .await;
    let twin = add(&app, &other.pms_url(), &other.token()).await;
    assert_eq!(twin["problem"]["code"], "CONFLICT");
    let remove = "mutation($id: ID!) { removeServer(id: $id) { removed problem { code } } }";
    let removed = app.admin().data_with(remove, json!({ "id": id })).await;
    assert_eq!(removed["removeServer"]["removed"], true);
    assert_eq!(app.admin().data("{ servers { id } }").await["servers"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_server_is_said() {
    let app = TestApp::start().await;
    let problem = async |url: &str, token: &str| add(&app, url, token).await["problem"].clone();
    let refused = problem(&app.plex.pms_url(), "wrong-token").await;
    assert!(refused["message"].as_str().unwrap().contains("token"), "{refused}");
    let away = problem("http://127.0.0.1:1", "x").await;
    assert!(away["message"].as_str().unwrap().contains("cannot be reached"), "{away}");
    let none = problem("not an address", "x").await;
    assert_eq!(none["code"], "INVALID");
    let tls = problem(&app.plex.pms_url().replace("http://", "https://"), "x").await;
    assert!(tls["message"].as_str().unwrap().contains("TLS"), "{tls}");
    assert_eq!(app.admin().data("{ servers { id } }").await["servers"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_server_is_shown_and_comes_back() {
    let app = TestApp::start().await;
    let state = async |wanted: &str| {
        until(wanted, async || {
            let data = app.admin().data("{ servers { link { state problem } } }").await;
            let link = data["servers"][0]["link"].clone();
            (link["state"] == wanted).then_some(link)
        })
        .await
    };
    app.director().down().await;
    assert!(state("UNREACHABLE").await["problem"].as_str().unwrap().contains("cannot be reached"));
    app.director().up().unwrap();
    assert_eq!(state("LIVE").await["problem"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn users_and_libraries_are_refreshed_on_request() {
    let app = TestApp::start().await;
    let id = app.admin().data("{ servers { id } }").await["servers"][0]["id"].clone();
    for field in ["refreshUsers", "refreshLibraries"] {
        let refresh =
            format!("mutation($id: ID!) {{ {field}(serverId: $id) {{ count problem {{ code }} }} }}");
        let answer = app.admin().data_with(&refresh, json!({ "id": id })).await;
        assert!(answer[field]["count"].as_i64() > Some(1), "{answer}");
    }
    let update = "mutation($id: ID!) { updateServer(id: $id, input: { name: \"Den\" }) { server { name } problem { code } } }";
    let renamed = app.admin().data_with(update, json!({ "id": id })).await;
    assert_eq!(renamed["updateServer"]["server"]["name"], "Den");
}
