use crate::testing::{Stub, TOKEN, fixture, server};
use crate::{Connection, Identity, MediaServer, Problem};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::{Error, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

fn page(status: u16, body: &[u8]) -> (u16, &'static str, Vec<u8>) {
    (status, "text/html", body.to_vec())
}

#[tokio::test]
async fn every_call_carries_the_token_and_who_we_are() {
    let stub = Stub::of_files(&[("/", "world/root.xml"), ("/identity", "world/identity.xml")]).await;
    let identity = stub.server().identity().await.unwrap();
    assert_eq!(identity.machine_id, stub.server().machine_id().await.unwrap());
    let seen = stub.seen();
    assert_eq!(seen[0].headers["x-plex-token"], TOKEN);
    assert_eq!(seen[0].headers["x-plex-product"], "Monitor");
    assert_eq!(seen[0].headers["accept"], "application/xml");
    assert!(!seen[1].headers.contains_key("x-plex-token"), "/identity needs none");
}

#[tokio::test]
async fn a_server_behind_a_path_is_asked_there() {
    let stub = Stub::of_files(&[("/plex/status/sessions", "world/sessions_six.xml")]).await;
    let server = server(stub.url.join("/plex/").unwrap());
    assert_eq!(server.sessions().await.unwrap().rows.len(), 6);
}

#[tokio::test]
async fn failures_are_told_apart() {
    for (answer, wanted, asked) in [
        (page(401, b""), Problem::TokenRefused, 1),
        (page(403, b""), Problem::Status(403), 1),
        (page(404, b""), Problem::Status(404), 1),
        (page(503, b""), Problem::Status(503), 3),
        (page(200, b"<html><body>starting</body></html>"), Problem::Malformed, 1),
        (page(200, b"<Response code=\"1\"/>"), Problem::Malformed, 1),
        (page(200, b""), Problem::Malformed, 1),
        (page(200, &vec![b' '; 1024 * 1024 + 1]), Problem::TooLarge, 1),
    ] {
        let stub = Stub::start([("/", answer)]).await;
        let error = stub.server().identity().await.unwrap_err();
        assert_eq!(error.problem(), wanted);
        assert_eq!(stub.seen().len(), asked, "{wanted:?}");
        let told: Error = error.into();
        assert!(!format!("{told:?} {told}").contains(TOKEN));
    }
}

#[tokio::test]
async fn what_changes_something_is_never_asked_twice() {
    let stub = Stub::start([("/status/sessions/terminate", page(500, b""))]).await;
    let error = stub.server().terminate("id", "why & \"how\"").await.unwrap_err();
    assert_eq!(error.problem(), Problem::Status(500));
    let seen = stub.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].line.contains("sessionId=id&reason=why+%26+%22how%22"), "{}", seen[0].line);
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_silence_is_no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let connection = Connection {
        timeout: Duration::from_millis(50),
        ..Connection::new(url.clone(), TOKEN.to_owned().into())
    };
    let silent = MediaServer::new(&connection, &Identity::default(), 1).unwrap().retry_at_once();
    assert_eq!(silent.identity().await.unwrap_err().problem(), Problem::TimedOut);
    drop(listener);
    assert_eq!(server(url).identity().await.unwrap_err().problem(), Problem::Unreachable);
}

#[tokio::test]
async fn no_tls_where_tls_was_asked_for_is_a_tls_problem() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // What plain HTTP servers say to a TLS hello.
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
            let _ = stream.read(&mut [0; 1024]).await;
        }
    });
    let error = server(url).identity().await.unwrap_err();
    assert_eq!(error.problem(), Problem::Tls, "{error:?}");
    assert!(error.advice().contains("http or https"), "{}", error.advice());

    let hangs_up = Stub::start([]).await;
    let mut url = hangs_up.url.clone();
    url.set_scheme("https").unwrap();
    assert_eq!(server(url).identity().await.unwrap_err().problem(), Problem::Tls);
}

/// A server with a certificate that nobody signed; answers every connection once, sockets are refused.
async fn self_signed() -> Url {
    let key = PrivateKeyDer::try_from(fixture("tls/key.der")).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(fixture("tls/cert.der"))], key)
            .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let body = fixture("world/identity.xml");
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

#[tokio::test]
async fn unknown_certificates_are_refused_unless_checks_are_off() {
    let url = self_signed().await;
    let connection =
        |verify_tls| Connection { verify_tls, ..Connection::new(url.clone(), TOKEN.to_owned().into()) };
    let strict = MediaServer::new(&connection(true), &Identity::default(), 1).unwrap();
    assert_eq!(strict.identity().await.unwrap_err().problem(), Problem::Tls);
    let refused = crate::socket::connect(&strict, crate::socket::Pulse::default()).await.unwrap_err();
    assert_eq!(refused.problem(), Problem::Tls, "sockets follow the same rule");
    let lenient = MediaServer::new(&connection(false), &Identity::default(), 1).unwrap();
    assert_eq!(lenient.identity().await.unwrap().version, "1.42.1.10060-4e8b05daf");
    let odd = crate::socket::connect(&lenient, crate::socket::Pulse::default()).await.unwrap_err();
    assert_eq!(odd.problem(), Problem::Malformed, "the connection stood, though it is no socket");
}

#[tokio::test]
async fn redirects_never_carry_the_token_to_another_host() {
    let elsewhere = Stub::of_files(&[("/", "world/root.xml")]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let target = elsewhere.url.as_str().replace("127.0.0.1", "localhost");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let answer = format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    assert_eq!(server(url).identity().await.unwrap_err().problem(), Problem::Status(302));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn unusable_settings_are_refused_before_anything_is_sent() {
    for (url, token) in [("ftp://host/", "x"), ("http://host/", "line\nbreak")] {
        let connection = Connection::new(Url::parse(url).unwrap(), token.to_owned().into());
        let error = MediaServer::new(&connection, &Identity::default(), 1).unwrap_err();
        assert_eq!(error.problem(), Problem::Invalid);
        assert_eq!(Error::from(error).kind(), ErrorKind::Invalid);
    }
}

#[tokio::test]
async fn the_token_shows_nowhere() {
    let stub = Stub::start([]).await;
    let connection = Connection::new(stub.url.clone(), TOKEN.to_owned().into());
    assert!(!format!("{connection:?} {:?}", stub.server()).contains(TOKEN));
}
