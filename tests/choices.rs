//! What the owner decides about users and libraries, and what follows from it.

use crate::support::TestApp;
use serde_json::{Value, json};

async fn user(app: &TestApp, account: i64) -> Value {
    let asked = "query($account: Long!) { users(accountIds: [$account]) { id friendlyName picture keepHistory doNotify deleted } }";
    let found = app.admin().data_with(asked, json!({ "account": account })).await;
    found["users"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_named_hidden_and_shown_again() {
    // USR-02, USR-03, USR-04
    let app = TestApp::start().await;
    let (admin, before) = (app.admin(), user(&app, 1_000_102).await);
    let change = "mutation($id: ID!, $input: UserChoices!) { updateUser(id: $id, input: $input) { user { friendlyName picture doNotify } } }";
    let input =
        json!({ "friendlyName": "Somebody", "picture": "https://example.test/p.png", "doNotify": false });
    let changed = admin.data_with(change, json!({ "id": before["id"], "input": input })).await;
    let told =
        json!({ "friendlyName": "Somebody", "picture": "https://example.test/p.png", "doNotify": false });
    assert_eq!(changed["updateUser"]["user"], told);
    assert_eq!(user(&app, 1_000_102).await["keepHistory"], before["keepHistory"], "what is not said stays");
    let back = json!({ "friendlyName": "", "picture": "" });
    admin.data_with(change, json!({ "id": before["id"], "input": back })).await;
    let after = user(&app, 1_000_102).await;
    assert_eq!((&after["friendlyName"], &after["picture"]), (&before["friendlyName"], &before["picture"]));
    for (mutation, deleted) in [("deleteUser", true), ("undeleteUser", false)] {
        let asked = format!("mutation($id: ID!) {{ done: {mutation}(id: $id) {{ problem {{ code }} }} }}");
        let done = admin.data_with(&asked, json!({ "id": before["id"] })).await;
        assert_eq!(done["done"]["problem"], Value::Null);
        let now = user(&app, 1_000_102).await;
        assert_eq!((&now["deleted"], &now["keepHistory"]), (&json!(deleted), &json!(!deleted)), "{mutation}");
    }
    let too_long = json!({ "friendlyName": "x".repeat(1_001) });
    let refused = "mutation($id: ID!, $input: UserChoices!) { updateUser(id: $id, input: $input) { problem { code } } }";
    let refused = admin.data_with(refused, json!({ "id": before["id"], "input": too_long })).await;
    assert_eq!(refused["updateUser"]["problem"]["code"], "INVALID");
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_are_listed_and_forgotten() {
    let app =
        TestApp::with(&[("TAUTULLI_ADMIN_USERNAME", "owner"), ("TAUTULLI_ADMIN_PASSWORD", "long enough")])
            .await;
    let stranger = app.stranger();
    for password in ["wrong", "long enough"] {
        let asked = "mutation($p: String!) { signIn(username: \"owner\", password: $p) { signedIn } }";
        stranger.data_with(asked, json!({ "p": password })).await;
    }
    let admin = app.admin();
    let asked = "{ signIns { totalCount entries { rowId name role success expiresAt } } }";
    let log = admin.data(asked).await["signIns"].clone();
    let entries = log["entries"].as_array().unwrap();
    assert_eq!((&log["totalCount"], entries.len()), (&json!(2), 2));
    let told: Vec<_> = entries.iter().map(|entry| (&entry["success"], &entry["role"])).collect();
    assert_eq!(told, [(&json!(true), &json!("ADMIN")), (&json!(false), &json!("ADMIN"))]);
    assert!(entries[0]["expiresAt"].is_string() && entries[1]["expiresAt"].is_null(), "{log}");
    let end = "mutation($rows: [Long!]!) { endSignIns(rowIds: $rows) }";
    let ended = admin.data_with(end, json!({ "rows": [entries[0]["rowId"], entries[1]["rowId"]] })).await;
    assert_eq!(ended["endSignIns"], 1, "one of them had opened something");
    admin.data("mutation { clearSignIns }").await;
    assert_eq!(admin.data(asked).await["signIns"]["totalCount"], 0);
}
