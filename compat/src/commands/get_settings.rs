//! `get_settings`: the settings by section, without secrets.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

pub(crate) const DOCUMENT: &str = include_str!("../../documents/get_settings.graphql");

#[derive(Deserialize)]
struct Data {
    settings: Vec<Setting>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    key: String,
    kind: String,
    value: Option<Value>,
}

/// Secrets that were never told, not even as an empty text.
const UNTOLD: [&str; 2] = ["jwt_secret", "pms_token"];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let wanted = call.params.filled("key");
    let sections: Vec<_> =
        SECTIONS.iter().filter(|(name, _)| wanted.is_none_or(|key| key == *name)).collect();
    if sections.is_empty() {
        return Err(Failure::Refused(None));
    }
    let Data { settings } = call.ask(DOCUMENT, json!({})).await?;
    let mut values: HashMap<String, Value> =
        settings.into_iter().map(|setting| (setting.key.clone(), shown(setting))).collect();
    // There is one look.
    values.insert("interface_list".to_owned(), json!(["default"]));
    let mut told: Map<String, Value> = Map::new();
    for (name, keys) in sections {
        let found = keys.iter().filter_map(|key| Some(((*key).to_owned(), values.remove(*key)?)));
        told.insert((*name).to_owned(), Value::Object(found.collect()));
    }
    let one = wanted.and_then(|name| told.remove(name));
    Ok(Answer::data(one.unwrap_or(Value::Object(told))))
}

fn shown(setting: Setting) -> Value {
    let Setting { key, kind, value } = setting;
    match value {
        Some(value) if key == "get_file_sizes_hold" && value == json!({}) => {
            json!({"section_ids": [], "rating_keys": []})
        }
        Some(value) => value,
        None if UNTOLD.contains(&key.as_str()) => Value::Null,
        None if kind == "INT" || kind == "FLAG" => json!(0),
        None => json!(""),
    }
}

/// Which settings stand in which section, in the reference's order.
#[rustfmt::skip]
const SECTIONS: [(&str, &[&str]); 6] = [
    ("General", &[
        "api_enabled", "api_key", "first_run_complete", "http_host", "http_port", "launch_browser",
        "check_github", "check_github_on_startup", "update_show_changelog", "api_sql", "log_blacklist",
        "log_blacklist_usernames", "http_thread_pool", "allow_guest_access", "date_format", "time_format",
        "anon_redirect", "anon_redirect_dynamic", "backup_days", "backup_dir", "backup_interval", "cache_dir",
        "cache_images", "check_github_interval", "cleanup_files", "do_not_override_git_branch", "enable_https",
        "export_dir", "freeze_db", "get_file_sizes", "git_branch", "git_path", "git_remote", "git_token",
        "git_user", "git_repo", "group_history_tables", "history_table_activity", "home_sections",
        "home_library_cards", "home_stats_cards", "home_refresh_interval", "https_create_cert", "https_cert",
        "https_cert_chain", "https_key", "https_domain", "https_ip", "http_basic_auth", "http_environment",
        "http_hash_password", "http_hashed_password", "http_password", "http_proxy", "http_root",
        "http_username", "http_plex_admin", "http_base_url", "http_rate_limit_attempts",
        "http_rate_limit_attempts_interval", "http_rate_limit_lockout_time", "interface", "launch_startup",
        "log_dir", "musicbrainz_lookup", "plexpy_auto_update", "show_advanced_settings", "themoviedb_apikey",
        "themoviedb_lookup", "tvmaze_lookup", "update_db_interval", "week_start_monday", "sys_tray_icon",
        "get_file_sizes_hold", "interface_list",
    ]),
    ("PMS", &[
        "pms_ip", "pms_port", "pms_url", "pms_identifier", "pms_name", "pms_token", "pms_ssl", "pms_uuid",
        "pms_url_manual", "pms_plexpass", "pms_client_id", "pms_is_cloud", "pms_is_remote", "pms_language",
        "pms_logs_folder", "pms_logs_line_cap", "pms_name_override", "pms_url_override", "pms_use_bif",
        "pms_platform", "pms_version", "pms_update_channel", "pms_update_distro", "pms_update_distro_build",
        "pms_web_url",
    ]),
    ("Advanced", &[
        "config_version", "system_analytics", "verify_ssl_cert", "jwt_secret", "check_docker_mount",
        "allow_mounted_folders", "pms_timeout", "pms_update_check_interval", "cache_sizemb",
        "check_github_cache_seconds", "export_threads", "https_min_tls_version", "journal_mode",
        "metadata_cache_seconds", "notification_threads", "notify_text_eval", "session_db_write_attempts",
        "synchronous_mode", "upgrade_flag", "verbose_logs", "websocket_monitor_ping_pong",
        "websocket_connection_attempts", "websocket_connection_timeout", "jwt_update_secret",
    ]),
    ("Monitoring", &[
        "refresh_users_on_startup", "refresh_libraries_on_startup", "buffer_threshold", "buffer_wait",
        "imgur_client_id", "logging_ignore_interval", "movie_watched_percent", "music_watched_percent",
        "monitor_pms_updates", "monitoring_interval", "notify_consecutive",
        "notify_continued_session_threshold", "notify_group_recently_added_grandparent",
        "notify_group_recently_added_parent", "notify_upload_posters", "notify_recently_added_delay",
        "notify_recently_added_grandparent", "notify_recently_added_upgrade", "notify_remote_access_threshold",
        "notify_concurrent_by_ip", "notify_concurrent_ipv6_cidr", "notify_concurrent_threshold",
        "notify_new_device_initial_only", "notify_server_connection_threshold", "notify_server_update_repeat",
        "notify_plexpy_update_repeat", "refresh_libraries_interval", "refresh_users_interval",
        "tv_watched_percent", "watched_marker",
    ]),
    ("Cloudinary", &[
        "cloudinary_cloud_name", "cloudinary_api_key", "cloudinary_api_secret",
    ]),
    ("Newsletter", &[
        "newsletter_auth", "newsletter_password", "newsletter_custom_dir", "newsletter_inline_styles",
        "newsletter_templates", "newsletter_dir", "newsletter_self_hosted",
    ]),
];
