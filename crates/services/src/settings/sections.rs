//! The sections of a `config.ini`, as the reference has them.

/// The section that a setting stands in.
pub fn of(key: &str) -> &'static str {
    let named = SECTIONS.iter().find(|(_, keys)| keys.contains(&key));
    named.map_or(GENERAL, |(section, _)| section)
}

/// In their order.
pub fn all() -> impl Iterator<Item = &'static str> {
    [GENERAL].into_iter().chain(SECTIONS.iter().map(|(section, _)| *section))
}

const GENERAL: &str = "General";

/// Everything that is not named here is general.
#[rustfmt::skip]
const SECTIONS: [(&str, &[&str]); 5] = [
    ("PMS", &[
        "pms_client_id", "pms_identifier", "pms_ip", "pms_is_cloud", "pms_is_remote", "pms_language",
        "pms_logs_folder", "pms_logs_line_cap", "pms_name", "pms_name_override", "pms_platform", "pms_plexpass",
        "pms_port", "pms_ssl", "pms_token", "pms_update_channel", "pms_update_distro", "pms_update_distro_build",
        "pms_url", "pms_url_manual", "pms_url_override", "pms_use_bif", "pms_uuid", "pms_version", "pms_web_url",
    ]),
    ("Advanced", &[
        "allow_mounted_folders", "cache_sizemb", "check_docker_mount", "check_github_cache_seconds",
        "config_version", "export_threads", "https_min_tls_version", "journal_mode", "jwt_secret",
        "jwt_update_secret", "metadata_cache_seconds", "notification_threads", "notify_text_eval", "pms_timeout",
        "pms_update_check_interval", "session_db_write_attempts", "synchronous_mode", "system_analytics",
        "upgrade_flag", "verbose_logs", "verify_ssl_cert", "websocket_connection_attempts",
        "websocket_connection_timeout", "websocket_monitor_ping_pong",
    ]),
    ("Monitoring", &[
        "buffer_threshold", "buffer_wait", "imgur_client_id", "logging_ignore_interval", "monitor_pms_updates",
        "monitoring_interval", "movie_watched_percent", "music_watched_percent", "notify_concurrent_by_ip",
        "notify_concurrent_ipv6_cidr", "notify_concurrent_threshold", "notify_consecutive",
        "notify_continued_session_threshold", "notify_group_recently_added_grandparent",
        "notify_group_recently_added_parent", "notify_new_device_initial_only", "notify_plexpy_update_repeat",
        "notify_recently_added_delay", "notify_recently_added_grandparent", "notify_recently_added_upgrade",
        "notify_remote_access_threshold", "notify_server_connection_threshold", "notify_server_update_repeat",
        "notify_upload_posters", "refresh_libraries_interval", "refresh_libraries_on_startup",
        "refresh_users_interval", "refresh_users_on_startup", "tv_watched_percent", "watched_marker",
    ]),
    ("Cloudinary", &[
        "cloudinary_api_key", "cloudinary_api_secret", "cloudinary_cloud_name",
    ]),
    ("Newsletter", &[
        "newsletter_auth", "newsletter_custom_dir", "newsletter_dir", "newsletter_inline_styles",
        "newsletter_password", "newsletter_self_hosted", "newsletter_templates",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::registry::find;

    #[test]
    fn every_key_is_a_setting_and_named_once() {
        let mut keys: Vec<_> = SECTIONS.iter().flat_map(|(_, keys)| keys.iter()).collect();
        assert!(keys.iter().all(|key| find(key).is_some()));
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
        assert_eq!((of("pms_ip"), of("api_key"), of("nothing")), ("PMS", GENERAL, GENERAL));
    }
}
