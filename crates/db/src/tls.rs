//! Connections to a PostgreSQL elsewhere, encrypted where its URL asks for it (`sslmode`).

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use std::sync::Arc;
use tokio_postgres::NoTls;
use tokio_postgres::config::Host;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Opens one connection, with TLS if `sslmode` is `prefer` or `require`; certificates are always verified.
pub(crate) async fn establish(url: &str) -> ConnectionResult<AsyncPgConnection> {
    let config: tokio_postgres::Config = url.parse().map_err(bad)?;
    if config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_))) {
        let (client, connection) = config.connect(NoTls).await.map_err(bad)?;
        return AsyncPgConnection::try_from_client_and_connection(client, connection).await;
    }
    let (client, connection) = config.connect(connector()?).await.map_err(bad)?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

fn connector() -> ConnectionResult<MakeRustlsConnect> {
    let mut roots = rustls::RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(bad)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn bad(failure: impl std::fmt::Display) -> ConnectionError {
    ConnectionError::BadConnection(failure.to_string())
}
