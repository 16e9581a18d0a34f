//! Answers that are no envelope: files and pictures.

use crate::backend::File;
use crate::testing::{Host, json_of};

fn host() -> Host {
    Host::with_server(vec![])
}

#[tokio::test]
async fn files_are_the_hosts() {
    for (command, name) in [
        ("download_log", File::Log),
        ("download_config", File::Config),
        ("download_database", File::Database),
    ] {
        let response = host().call(&[("cmd", command)]).await;
        assert_eq!((response.status, response.content_type), (200, "application/x-download"));
        assert_eq!(response.download.unwrap().name, format!("{name:?}"));
    }
    let nowhere = host().call(&[("cmd", "download_plex_log")]).await;
    assert_eq!((nowhere.status, nowhere.content_type), (200, "text/html;charset=utf-8"));
    assert_eq!(nowhere.body, b"Plex log folder not set in the settings.");
}

#[tokio::test]
async fn pictures_are_found_or_something_stands_in() {
    let ask = |params: &'static [(&'static str, &'static str)]| async move {
        host().call(&[&[("cmd", "pms_image_proxy")], params].concat()).await
    };
    let told = |response: crate::Response| String::from_utf8(response.body).unwrap();
    let found = ask(&[("rating_key", "1")]).await;
    assert_eq!((found.status, found.content_type), (200, "image/png"));
    let asked = told(found);
    for word in [
        "Poster(\"1\")",
        "width: 750",
        "height: 1000",
        "opacity: 100",
        "background: \"000000\"",
        "fresh: false",
    ] {
        assert!(asked.contains(word), "{asked}");
    }
    assert_eq!(ask(&[("rating_key", "1"), ("img_format", "jpg")]).await.content_type, "image/jpeg");
    assert!(told(ask(&[("rating_key", "1"), ("fallback", "art")]).await).contains("Art(\"1\")"));
    assert!(told(ask(&[("img", "/a"), ("blur", "3"), ("width", "x")]).await).contains("Path(\"/a\")"));
    for fallback in ["poster", "cover", "art", "poster-live", "art-live", "user"] {
        let params = [("cmd", "pms_image_proxy"), ("rating_key", "99999999"), ("fallback", fallback)];
        let stands_in = host().call(&params).await;
        let is_png = stands_in.body.starts_with(b"\x89PNG");
        // The background of an unknown item is not scripted to be missing.
        assert!(stands_in.status == 200 && (is_png || fallback.starts_with("art")), "{fallback}");
    }
    for nothing in [&[][..], &[("fallback", "bogus")], &[("rating_key", "99999999")]] {
        let blank = ask(nothing).await;
        assert_eq!((blank.status, blank.content_type, blank.body.len()), (400, "text/html;charset=utf-8", 0));
    }
    let hash = |response: crate::Response| {
        json_of(&response)["response"]["data"]["img_hash"].as_str().unwrap().to_owned()
    };
    let one = hash(ask(&[("rating_key", "1"), ("return_hash", "1")]).await);
    let other = hash(ask(&[("rating_key", "2"), ("return_hash", "true")]).await);
    assert!(one.len() == 64 && one != other);
}

#[tokio::test]
async fn the_error_of_a_lookup_stands_in_the_data_too() {
    let (status, answer) = host().response(&[("cmd", "get_geoip_lookup"), ("ip_address", "not-an-ip")]).await;
    let message = "Invalid IP address provided: not-an-ip";
    assert_eq!(
        (status, &answer["message"], &answer["data"]["error"]),
        (400, &message.into(), &message.into())
    );
    let refused =
        crate::respond(&host(), &crate::testing::request(&[("apikey", "x"), ("cmd", "get_geoip_lookup")]))
            .await;
    assert_eq!(json_of(&refused)["response"]["data"]["error"], "Invalid apikey");
}
