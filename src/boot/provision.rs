//! What the environment provides: a media server, an administrator, a key. For machines that start it unattended.

use super::{Edges, Failure};
use crate::config::Config;
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_domain::{Error, Result};
use tautulli_plex::{Identity, PLEX_TV};
use tautulli_services::access::{Access, LoginLimits};
use tautulli_services::images::{Images, Seal};
use tautulli_services::servers::{NewServer, Servers};
use tautulli_services::settings::Settings;
use url::Url;

/// How we introduce ourselves to Plex. The client identifier is made once and kept.
pub async fn identity(settings: &Settings, edges: &Edges) -> Result<Identity> {
    let mut client_identifier = settings.text("pms_client_id");
    if client_identifier.is_empty() {
        client_identifier = edges.entropy.uuid(edges.clock.now()).simple().to_string();
        settings.store("pms_client_id", &client_identifier).await?;
    }
    Ok(Identity {
        product: "Tautulli".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        client_identifier,
        platform: std::env::consts::OS.to_owned(),
        platform_version: String::new(),
        device: std::env::consts::ARCH.to_owned(),
        device_name: "Tautulli".to_owned(),
    })
}

/// Where plex.tv is: `TAUTULLI_PLEXTV_URL`, or the real one.
pub fn plextv_url(config: &Config) -> Result<Url, Failure> {
    let text = config.overrides().get("plextv_url").map_or(PLEX_TV, String::as_str);
    Url::parse(text).map_err(|_| {
        Failure::Config(Error::invalid(
            "The environment variable TAUTULLI_PLEXTV_URL must be an address such as https://plex.tv",
        ))
    })
}

/// Limits of signing in, as the settings want them.
pub fn login_limits(settings: &Settings) -> LoginLimits {
    let seconds = |key| chrono::Duration::seconds(settings.int(key).clamp(1, 86_400));
    LoginLimits {
        attempts: settings.int("http_rate_limit_attempts").clamp(1, 1_000),
        within: seconds("http_rate_limit_attempts_interval"),
        lockout: seconds("http_rate_limit_lockout_time"),
    }
}

/// The proxy of pictures: under the prefix of all addresses, kept in the cache folder as the settings want it.
pub async fn images(
    config: &Config,
    database: &Database,
    edges: &Edges,
    settings: &Settings,
    servers: Arc<Servers>,
) -> Result<Images> {
    let seal = Seal::of(database, &edges.entropy, edges.clock.now()).await?;
    let given = settings.text("cache_dir");
    let cache = if given.is_empty() { config.data_dir.join("cache") } else { PathBuf::from(given) };
    let megabytes = if settings.flag("cache_images") { settings.int("cache_sizemb") } else { 0 };
    let limit = u64::try_from(megabytes).unwrap_or(0).saturating_mul(1024 * 1024);
    Ok(Images::open(servers, seal, config.http.root.clone(), cache.join("images"), limit).await)
}

/// The key with full rights, if the environment or an adopted `config.ini` gives one.
pub fn environment_key(settings: &Settings) -> Option<SecretString> {
    Some(settings.text("api_key")).filter(|key| !key.is_empty()).map(Into::into)
}

/// Watches the media server that `TAUTULLI_PMS_URL` (or `_IP` and `_PORT`) and `TAUTULLI_PMS_TOKEN` name.
pub async fn provide_server(settings: &Settings, servers: &Servers) -> Result<()> {
    let token = settings.text("pms_token");
    let Some(url) = server_url(settings) else { return Ok(()) };
    if token.is_empty() {
        return Ok(());
    }
    let verify_tls = settings.flag("verify_ssl_cert");
    let name = settings.text("pms_name");
    servers.provide(NewServer { name, url, token: token.into(), verify_tls }).await?;
    Ok(())
}

fn server_url(settings: &Settings) -> Option<String> {
    use tautulli_services::settings::Source;
    let url = settings.text("pms_url");
    if !url.is_empty() {
        return Some(url);
    }
    let given = |key| settings.value(key).is_some_and(|(_, source)| source != Source::Default);
    if !given("pms_ip") {
        return None;
    }
    let scheme = if settings.flag("pms_ssl") { "https" } else { "http" };
    Some(format!("{scheme}://{}:{}", settings.text("pms_ip"), settings.int("pms_port")))
}

/// Makes the administrator that `TAUTULLI_ADMIN_USERNAME` and `TAUTULLI_ADMIN_PASSWORD` name, or shows in the log how the
/// first one is made.
pub async fn provide_admin(config: &Config, access: &Access) -> Result<()> {
    use secrecy::ExposeSecret as _;
    let given = |key: &str| config.overrides().get(key).filter(|value| !value.is_empty());
    if let (Some(username), Some(password)) = (given("admin_username"), given("admin_password")) {
        return access.provide_admin(username, &password.clone().into()).await;
    }
    if access.needs_setup().await? {
        let token = access.issue_setup_token();
        tracing::info!(
            "There is no administrator yet. Make one with this setup token, good until the next start: {}",
            token.expose_secret()
        );
    }
    Ok(())
}
