//! Every setting by its legacy key: kind, default, and how it is to be handled. The names and defaults are the reference's.

use serde_json::{Value, json};

/// What a setting's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    /// 0 or 1; also read from true/false, yes/no, on/off.
    Flag,
    Text,
    /// Texts; from the environment separated by commas.
    List,
    Json,
}

#[derive(Debug, Clone, Copy)]
enum Default {
    Int(i64),
    Text(&'static str),
    List(&'static [&'static str]),
    /// No library and no item whose sizes wait to be read.
    NothingHeld,
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    pub key: &'static str,
    pub kind: Kind,
    default: Default,
    /// Never shown, logged or handed out.
    pub secret: bool,
    /// Takes effect at the next start.
    pub restart: bool,
}

impl Setting {
    pub fn default_value(&self) -> Value {
        match self.default {
            Default::Int(number) => json!(number),
            Default::Text(text) => json!(text),
            Default::List(texts) => json!(texts),
            Default::NothingHeld => json!({"section_ids": [], "rating_keys": []}),
        }
    }
}

#[derive(Clone, Copy)]
struct Handling {
    secret: bool,
    restart: bool,
}

const PLAIN: Handling = Handling { secret: false, restart: false };
const SECRET: Handling = Handling { secret: true, restart: false };
const RESTART: Handling = Handling { secret: false, restart: true };

const fn setting(key: &'static str, kind: Kind, default: Default, handling: Handling) -> Setting {
    Setting { key, kind, default, secret: handling.secret, restart: handling.restart }
}

/// The setting called `key`.
pub fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.binary_search_by(|setting| setting.key.cmp(key)).ok().and_then(|at| SETTINGS.get(at))
}

/// All settings, sorted by key.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    setting("allow_guest_access", Kind::Flag, Default::Int(0), PLAIN),
    setting("allow_mounted_folders", Kind::Int, Default::Int(0), PLAIN),
    setting("anon_redirect", Kind::Text, Default::Text(""), PLAIN),
    setting("anon_redirect_dynamic", Kind::Flag, Default::Int(1), PLAIN),
    setting("api_enabled", Kind::Flag, Default::Int(1), PLAIN),
    setting("api_key", Kind::Text, Default::Text(""), SECRET),
    setting("api_sql", Kind::Int, Default::Int(0), PLAIN),
    setting("backup_days", Kind::Int, Default::Int(3), PLAIN),
    setting("backup_dir", Kind::Text, Default::Text(""), PLAIN),
    setting("backup_interval", Kind::Int, Default::Int(6), PLAIN),
    setting("buffer_threshold", Kind::Int, Default::Int(10), PLAIN),
    setting("buffer_wait", Kind::Int, Default::Int(900), PLAIN),
    setting("cache_dir", Kind::Text, Default::Text(""), RESTART),
    setting("cache_images", Kind::Flag, Default::Int(1), PLAIN),
    setting("cache_sizemb", Kind::Int, Default::Int(32), PLAIN),
    setting("check_docker_mount", Kind::Int, Default::Int(1), PLAIN),
    setting("check_github", Kind::Flag, Default::Int(1), PLAIN),
    setting("check_github_cache_seconds", Kind::Int, Default::Int(3600), PLAIN),
    setting("check_github_interval", Kind::Int, Default::Int(6), PLAIN),
    setting("check_github_on_startup", Kind::Int, Default::Int(1), PLAIN),
    setting("cleanup_files", Kind::Int, Default::Int(0), PLAIN),
    setting("cloudinary_api_key", Kind::Text, Default::Text(""), SECRET),
    setting("cloudinary_api_secret", Kind::Text, Default::Text(""), SECRET),
    setting("cloudinary_cloud_name", Kind::Text, Default::Text(""), PLAIN),
    setting("config_version", Kind::Int, Default::Int(0), PLAIN),
    setting("date_format", Kind::Text, Default::Text("YYYY-MM-DD"), PLAIN),
    setting("do_not_override_git_branch", Kind::Int, Default::Int(0), PLAIN),
    setting("enable_https", Kind::Flag, Default::Int(0), RESTART),
    setting("export_dir", Kind::Text, Default::Text(""), PLAIN),
    setting("export_threads", Kind::Int, Default::Int(8), PLAIN),
    setting("first_run_complete", Kind::Int, Default::Int(0), PLAIN),
    setting("freeze_db", Kind::Int, Default::Int(0), PLAIN),
    setting("get_file_sizes", Kind::Flag, Default::Int(0), PLAIN),
    setting("get_file_sizes_hold", Kind::Json, Default::NothingHeld, PLAIN),
    setting("git_branch", Kind::Text, Default::Text("master"), PLAIN),
    setting("git_path", Kind::Text, Default::Text(""), PLAIN),
    setting("git_remote", Kind::Text, Default::Text("origin"), PLAIN),
    setting("git_repo", Kind::Text, Default::Text("Tautulli"), PLAIN),
    setting("git_token", Kind::Text, Default::Text(""), SECRET),
    setting("git_user", Kind::Text, Default::Text("Tautulli"), PLAIN),
    setting("group_history_tables", Kind::Flag, Default::Int(1), PLAIN),
    setting("history_table_activity", Kind::Flag, Default::Int(1), PLAIN),
    setting("home_library_cards", Kind::List, Default::List(&[]), PLAIN),
    setting("home_refresh_interval", Kind::Int, Default::Int(10), PLAIN),
    setting("home_sections", Kind::List, Default::List(&["current_activity", "watch_stats", "library_stats", "recently_added"]), PLAIN),
    setting("home_stats_cards", Kind::List, Default::List(&["top_movies", "popular_movies", "top_tv", "popular_tv", "top_music", "popular_music", "last_watched", "top_libraries", "top_users", "top_platforms", "most_concurrent"]), PLAIN),
    setting("http_base_url", Kind::Text, Default::Text(""), PLAIN),
    setting("http_basic_auth", Kind::Int, Default::Int(0), PLAIN),
    setting("http_environment", Kind::Text, Default::Text("production"), PLAIN),
    setting("http_hash_password", Kind::Int, Default::Int(1), PLAIN),
    setting("http_hashed_password", Kind::Int, Default::Int(1), PLAIN),
    setting("http_host", Kind::Text, Default::Text("0.0.0.0"), RESTART),
    setting("http_password", Kind::Text, Default::Text(""), SECRET),
    setting("http_plex_admin", Kind::Flag, Default::Int(1), PLAIN),
    setting("http_port", Kind::Int, Default::Int(8181), RESTART),
    setting("http_proxy", Kind::Flag, Default::Int(0), RESTART),
    setting("http_rate_limit_attempts", Kind::Int, Default::Int(10), PLAIN),
    setting("http_rate_limit_attempts_interval", Kind::Int, Default::Int(300), PLAIN),
    setting("http_rate_limit_lockout_time", Kind::Int, Default::Int(300), PLAIN),
    setting("http_root", Kind::Text, Default::Text(""), RESTART),
    setting("http_thread_pool", Kind::Int, Default::Int(10), PLAIN),
    setting("http_username", Kind::Text, Default::Text(""), PLAIN),
    setting("https_cert", Kind::Text, Default::Text(""), RESTART),
    setting("https_cert_chain", Kind::Text, Default::Text(""), RESTART),
    setting("https_create_cert", Kind::Flag, Default::Int(1), RESTART),
    setting("https_domain", Kind::Text, Default::Text("localhost"), RESTART),
    setting("https_ip", Kind::Text, Default::Text("127.0.0.1"), RESTART),
    setting("https_key", Kind::Text, Default::Text(""), RESTART),
    setting("https_min_tls_version", Kind::Text, Default::Text("TLSv1.2"), RESTART),
    setting("imgur_client_id", Kind::Text, Default::Text(""), SECRET),
    setting("interface", Kind::Text, Default::Text("default"), PLAIN),
    setting("journal_mode", Kind::Text, Default::Text("WAL"), PLAIN),
    setting("jwt_secret", Kind::Text, Default::Text(""), SECRET),
    setting("jwt_update_secret", Kind::Flag, Default::Int(0), PLAIN),
    setting("launch_browser", Kind::Flag, Default::Int(1), PLAIN),
    setting("launch_startup", Kind::Flag, Default::Int(1), PLAIN),
    setting("log_blacklist", Kind::Flag, Default::Int(1), PLAIN),
    setting("log_blacklist_usernames", Kind::Flag, Default::Int(1), PLAIN),
    setting("log_dir", Kind::Text, Default::Text(""), RESTART),
    setting("logging_ignore_interval", Kind::Int, Default::Int(120), PLAIN),
    setting("metadata_cache_seconds", Kind::Int, Default::Int(1800), PLAIN),
    setting("monitor_pms_updates", Kind::Flag, Default::Int(0), PLAIN),
    setting("monitoring_interval", Kind::Int, Default::Int(60), PLAIN),
    setting("movie_watched_percent", Kind::Int, Default::Int(85), PLAIN),
    setting("music_watched_percent", Kind::Int, Default::Int(85), PLAIN),
    setting("musicbrainz_lookup", Kind::Flag, Default::Int(0), PLAIN),
    setting("newsletter_auth", Kind::Int, Default::Int(0), PLAIN),
    setting("newsletter_custom_dir", Kind::Text, Default::Text(""), PLAIN),
    setting("newsletter_dir", Kind::Text, Default::Text(""), PLAIN),
    setting("newsletter_inline_styles", Kind::Flag, Default::Int(1), PLAIN),
    setting("newsletter_password", Kind::Text, Default::Text(""), SECRET),
    setting("newsletter_self_hosted", Kind::Flag, Default::Int(0), PLAIN),
    setting("newsletter_templates", Kind::Text, Default::Text("newsletters"), PLAIN),
    setting("notification_threads", Kind::Int, Default::Int(2), PLAIN),
    setting("notify_concurrent_by_ip", Kind::Flag, Default::Int(0), PLAIN),
    setting("notify_concurrent_ipv6_cidr", Kind::Text, Default::Text("/64"), PLAIN),
    setting("notify_concurrent_threshold", Kind::Int, Default::Int(2), PLAIN),
    setting("notify_consecutive", Kind::Flag, Default::Int(1), PLAIN),
    setting("notify_continued_session_threshold", Kind::Int, Default::Int(15), PLAIN),
    setting("notify_group_recently_added_grandparent", Kind::Flag, Default::Int(1), PLAIN),
    setting("notify_group_recently_added_parent", Kind::Flag, Default::Int(1), PLAIN),
    setting("notify_new_device_initial_only", Kind::Flag, Default::Int(1), PLAIN),
    setting("notify_plexpy_update_repeat", Kind::Flag, Default::Int(0), PLAIN),
    setting("notify_recently_added_delay", Kind::Int, Default::Int(300), PLAIN),
    setting("notify_recently_added_grandparent", Kind::Int, Default::Int(0), PLAIN),
    setting("notify_recently_added_upgrade", Kind::Flag, Default::Int(0), PLAIN),
    setting("notify_remote_access_threshold", Kind::Int, Default::Int(60), PLAIN),
    setting("notify_server_connection_threshold", Kind::Int, Default::Int(60), PLAIN),
    setting("notify_server_update_repeat", Kind::Flag, Default::Int(0), PLAIN),
    setting("notify_text_eval", Kind::Int, Default::Int(0), PLAIN),
    setting("notify_upload_posters", Kind::Int, Default::Int(0), PLAIN),
    setting("plexpy_auto_update", Kind::Flag, Default::Int(0), PLAIN),
    setting("pms_client_id", Kind::Text, Default::Text(""), RESTART),
    setting("pms_identifier", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_ip", Kind::Text, Default::Text("127.0.0.1"), PLAIN),
    setting("pms_is_cloud", Kind::Int, Default::Int(0), PLAIN),
    setting("pms_is_remote", Kind::Int, Default::Int(0), PLAIN),
    setting("pms_language", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_logs_folder", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_logs_line_cap", Kind::Int, Default::Int(1000), PLAIN),
    setting("pms_name", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_name_override", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_platform", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_plexpass", Kind::Int, Default::Int(0), PLAIN),
    setting("pms_port", Kind::Int, Default::Int(32400), PLAIN),
    setting("pms_ssl", Kind::Int, Default::Int(0), PLAIN),
    setting("pms_timeout", Kind::Int, Default::Int(15), PLAIN),
    setting("pms_token", Kind::Text, Default::Text(""), SECRET),
    setting("pms_update_channel", Kind::Text, Default::Text("plex"), PLAIN),
    setting("pms_update_check_interval", Kind::Int, Default::Int(24), PLAIN),
    setting("pms_update_distro", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_update_distro_build", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_url", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_url_manual", Kind::Flag, Default::Int(0), PLAIN),
    setting("pms_url_override", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_use_bif", Kind::Int, Default::Int(0), PLAIN),
    setting("pms_uuid", Kind::Text, Default::Text(""), SECRET),
    setting("pms_version", Kind::Text, Default::Text(""), PLAIN),
    setting("pms_web_url", Kind::Text, Default::Text("https://app.plex.tv/desktop"), PLAIN),
    setting("refresh_libraries_interval", Kind::Int, Default::Int(12), PLAIN),
    setting("refresh_libraries_on_startup", Kind::Flag, Default::Int(1), PLAIN),
    setting("refresh_users_interval", Kind::Int, Default::Int(12), PLAIN),
    setting("refresh_users_on_startup", Kind::Flag, Default::Int(1), PLAIN),
    setting("session_db_write_attempts", Kind::Int, Default::Int(5), PLAIN),
    setting("show_advanced_settings", Kind::Int, Default::Int(0), PLAIN),
    setting("synchronous_mode", Kind::Text, Default::Text("NORMAL"), PLAIN),
    setting("sys_tray_icon", Kind::Flag, Default::Int(1), PLAIN),
    setting("system_analytics", Kind::Int, Default::Int(1), PLAIN),
    setting("themoviedb_apikey", Kind::Text, Default::Text(""), SECRET),
    setting("themoviedb_lookup", Kind::Flag, Default::Int(0), PLAIN),
    setting("time_format", Kind::Text, Default::Text("HH:mm"), PLAIN),
    setting("tv_watched_percent", Kind::Int, Default::Int(85), PLAIN),
    setting("tvmaze_lookup", Kind::Flag, Default::Int(0), PLAIN),
    setting("update_db_interval", Kind::Int, Default::Int(24), PLAIN),
    setting("update_show_changelog", Kind::Int, Default::Int(1), PLAIN),
    setting("upgrade_flag", Kind::Int, Default::Int(0), PLAIN),
    setting("verbose_logs", Kind::Int, Default::Int(1), PLAIN),
    setting("verify_ssl_cert", Kind::Flag, Default::Int(1), PLAIN),
    setting("watched_marker", Kind::Int, Default::Int(3), PLAIN),
    setting("websocket_connection_attempts", Kind::Int, Default::Int(5), PLAIN),
    setting("websocket_connection_timeout", Kind::Int, Default::Int(5), PLAIN),
    setting("websocket_monitor_ping_pong", Kind::Int, Default::Int(0), PLAIN),
    setting("week_start_monday", Kind::Flag, Default::Int(0), PLAIN),

];
