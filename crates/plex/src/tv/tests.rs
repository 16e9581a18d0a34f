use super::*;
use crate::testing::{Stub, TOKEN, fixture};
use crate::wire;
use secrecy::ExposeSecret;

const MACHINE: &str = "368f669e2576b6cd44a80c8df29a81a7a747bd8a";

fn tv(stub: &Stub) -> PlexTv {
    let token = TOKEN.to_owned().into();
    PlexTv::new(&stub.url, Some(&token), &Identity::default(), Duration::from_secs(5), 1).unwrap()
}

async fn world() -> Stub {
    Stub::of_files(&[
        ("/users/account", "world/tv_account.xml"),
        ("/api/users", "world/tv_users.xml"),
        ("/api/servers/368f669e2576b6cd44a80c8df29a81a7a747bd8a/shared_servers", "world/tv_shared.xml"),
        ("/api/v2/resources", "world/tv_resources.json"),
        ("/api/v2/ping", "world/tv_ping.xml"),
    ])
    .await
}

#[tokio::test]
async fn three_answers_make_one_list_of_users() {
    let users = tv(&world().await).users(MACHINE).await.unwrap();
    assert!(users.len() >= 7);
    let by_id = |id| users.iter().find(|u| u.account_id == id).unwrap();
    let owner = &users[0];
    assert_eq!((owner.account_id, owner.username.as_str()), (1_000_001, "harbormaster"));
    assert_eq!(owner.email, "owner@example.test");
    assert!(owner.is_admin && owner.is_home_user && owner.is_allow_sync && !owner.is_restricted);
    assert!(owner.shared_sections.is_empty());
    let kid = by_id(1_000_203);
    assert_eq!(
        (kid.username.as_str(), kid.email.as_str()),
        ("Kid 小明", ""),
        "managed users have only a title"
    );
    assert!(kid.is_home_user && kid.is_restricted && !kid.is_allow_sync && !kid.is_admin);
    assert_eq!(kid.shared_sections, [1, 2], "the server's own section numbers");
    assert_eq!(kid.filter_movies, "contentRating=G%2CPG|label=Kids");
    let dana = by_id(1_000_102);
    assert_eq!(dana.shared_sections, [1, 2, 3, 4, 7]);
    assert!(!dana.server_token.is_empty() && dana.is_allow_sync && !dana.is_home_user);
    assert!(users.iter().all(|u| u.account_id != 1_000_506), "inactive users vanish");
    assert!(users.iter().skip(1).all(|u| !u.is_admin));
}

#[tokio::test]
async fn a_list_that_is_none_is_an_error_and_not_an_empty_list() {
    let stub = Stub::start([
        ("/users/account", (200, "text/xml", fixture("world/tv_account.xml"))),
        ("/api/users", (200, "text/xml", b"<Response code=\"1\"/>".to_vec())),
        ("/api/servers/m/shared_servers", (200, "text/xml", fixture("world/tv_shared.xml"))),
    ])
    .await;
    assert_eq!(tv(&stub).users("m").await.unwrap_err().problem(), Problem::Malformed);
    assert_eq!(tv(&stub).users("../x").await.unwrap_err().problem(), Problem::Invalid);
}

#[test]
fn each_user_is_listed_once_and_only_what_is_shared_counts() {
    let friends = wire::parse(
        b"<MediaContainer><User id=\"100\" title=\"a\"/><User id=\"100\" title=\"b\"/><User id=\"9\"/><User/></MediaContainer>",
    )
    .unwrap();
    let shares = wire::parse(&fixture("captures/tracearr/plextv_shared_servers_minimal.xml")).unwrap();
    let owner = PlexAccount { id: 9, ..PlexAccount::default() };
    let users = users::read(&owner, &friends, &shares);
    assert_eq!(users.iter().map(|u| u.account_id).collect::<Vec<_>>(), [9, 100]);
    assert_eq!(users[1].shared_sections, [1, 2], "section 3 is not shared");
    assert_eq!(users[1].server_token, "token-100");
    assert_eq!(users[1].username, "a");
}

#[test]
fn accounts_are_read_in_every_dialect() {
    for (file, pass) in [
        ("captures/home-assistant/plextv_account.xml", true),
        ("captures/python-plexapi/account_xml.xml", true),
        ("captures/plex-api.rs/plextv/api/v2/user/user_info_plexpass.json", true),
        ("captures/plex-api.rs/plextv/api/v2/user/user_info_free.json", false),
    ] {
        let account = account::read(&wire::parse(&fixture(file)).unwrap()).unwrap();
        assert!(account.id > 0 && !account.username.is_empty(), "{file}");
        assert_eq!(account.plex_pass, pass, "{file}");
    }
    assert!(account::read(&wire::parse(b"<errors/>").unwrap()).is_none());
}

#[tokio::test]
async fn servers_are_found_with_their_nearest_address_first() {
    let found = tv(&world().await).resources().await.unwrap();
    let server = &found[0];
    assert_eq!(server.client_identifier, MACHINE);
    assert!(server.owned && server.connections[0].local);
    assert!(!server.access_token.expose_secret().is_empty());
    assert!(!format!("{server:?}").contains(server.access_token.expose_secret()));

    let real =
        resources::read(&wire::parse(&fixture("captures/plex-api.rs/plextv/api/v2/resources.json")).unwrap());
    let own = real.iter().find(|r| r.name == "Box").unwrap();
    assert_eq!(own.connections[0].uri, "https://172-18-0-3.client-id2.plex.direct:32400");
    assert!(own.connections.last().unwrap().relay);

    let old = wire::parse(&fixture("captures/home-assistant/plextv_resources_two_servers.xml")).unwrap();
    let old = resources::read(&old);
    assert_eq!(old.len(), 2, "players are no servers");
    assert!(old.iter().all(|r| !r.connections.is_empty()));
}

#[tokio::test]
async fn a_refused_token_is_told_and_a_good_one_is_not() {
    tv(&world().await).ping().await.unwrap();
    let stub = Stub::start([("/api/v2/ping", (401, "text/xml", b"<errors/>".to_vec()))]).await;
    assert_eq!(tv(&stub).ping().await.unwrap_err().problem(), Problem::TokenRefused);
}

#[tokio::test]
async fn pins_wait_link_and_expire() {
    let stub = Stub::start([
        (
            "/api/v2/pins",
            (201, "application/json", fixture("captures/plex-api.rs/plextv/api/v2/pins_new.json")),
        ),
        (
            "/api/v2/pins/1",
            (200, "application/json", fixture("captures/plex-api.rs/plextv/api/v2/pins_new.json")),
        ),
        (
            "/api/v2/pins/2",
            (200, "application/json", fixture("captures/plex-api.rs/plextv/api/v2/pins_linked.json")),
        ),
    ])
    .await;
    let tv = PlexTv::new(&stub.url, None, &Identity::default(), Duration::from_secs(5), 1).unwrap();
    let pin = tv.create_pin().await.unwrap();
    assert_eq!((pin.id, pin.code.as_str(), pin.expires_in_s), (111_222_333, "CODE", Some(900)));
    assert!(stub.seen()[0].line.starts_with("POST /api/v2/pins?strong=true "), "{}", stub.seen()[0].line);
    assert!(!stub.seen()[0].headers.contains_key("x-plex-token"));
    assert!(matches!(tv.poll_pin(1).await.unwrap(), PinState::Waiting));
    assert!(
        matches!(tv.poll_pin(2).await.unwrap(), PinState::Linked(token) if !token.expose_secret().is_empty())
    );
    assert!(matches!(tv.poll_pin(3).await.unwrap(), PinState::Expired));
}
