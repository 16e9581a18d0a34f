//! All that the comparison passes over, and why. Nothing else is.
//!
//! * Facts of one machine or one run keep their type and may have another value ([`VOLATILE`]); so do times, numbers, names and
//!   sizes of what the calls themselves made ([`FRESH`]). Texts that were recorded as [`PLACEHOLDERS`] may be any text.
//! * Numbers are equal within one in a million; 1 and 1.0 are the same.
//! * Lists without an order are compared as sets ([`UNORDERED`]). In tables sorted by a column the order among equal values is
//!   free, and so is which of them stand on a page's edge ([`TABLES`]).
//! * White space of XML, key order of JSON, bytes of downloads other than exports.

/// In place of what nobody should repeat.
pub(super) const PLACEHOLDERS: [&str; 4] = ["<text>", "<machine>", "<token>", "<traceback>"];

/// Keys whose values are of one machine or run, by command; `*` is every command or every plain value.
const VOLATILE: [(&str, &[&str]); 10] = [
    (
        "*",
        &[
            "tautulli_install_type",
            "tautulli_branch",
            "tautulli_commit",
            "tautulli_platform",
            "tautulli_platform_release",
            "tautulli_platform_version",
            "tautulli_platform_linux_distro",
            "tautulli_platform_device_name",
            "tautulli_python_version",
            "pms_url",
            "pms_port",
            "server_id",
            "last_refreshed",
            "description",
            "pms_uuid",
            "uri",
            "port",
            "value",
            "img_hash",
        ],
    ),
    ("get_logs", &["time", "msg", "thread", "loglevel"]),
    ("get_settings", &["*"]),
    ("get_plex_log", &["*"]),
    ("get_user_logins", &["current"]),
    ("get_whois_lookup", &["*"]),
    ("docs", &["*"]),
    ("arnold", &["*"]),
    ("get_server_list", &["ip"]),
    // Several agents were told at once: the order of their rows is chance.
    (
        "get_notification_log fresh",
        &[
            "id",
            "rating_key",
            "notifier_id",
            "agent_id",
            "agent_name",
            "notify_action",
            "subject_text",
            "body_text",
            "user",
            "user_id",
            "session_key",
        ],
    ),
];

/// Keys whose values the calls make.
const FRESH: [&str; 12] = [
    "timestamp",
    "notification_id",
    "newsletter_notification_id",
    "file_size",
    "last_seen",
    "device_token",
    "uuid",
    "export_id",
    "filename",
    "date",
    "started",
    "stopped",
];

/// Commands that tell of what the calls made, in the phases that make something.
const FRESH_COMMANDS: [&str; 7] = [
    "get_notification_log",
    "get_newsletter_log",
    "get_exports_table",
    "notify",
    "notify_newsletter",
    "register_device",
    "export_metadata",
];

/// Commands whose message tells of the run.
pub(super) const VOLATILE_MESSAGES: [&str; 2] = ["update_check", "get_whois_lookup"];

/// Lists without an order, as paths below `data`; empty is `data` itself.
const UNORDERED: [(&str, &[&str]); 13] = [
    ("get_users", &[""]),
    ("get_user_names", &[""]),
    ("get_library_names", &[""]),
    ("get_notifiers", &[""]),
    ("get_newsletters", &[""]),
    ("get_server_list", &[""]),
    ("get_servers_info", &[""]),
    ("get_synced_items", &[""]),
    ("get_libraries", &[""]),
    ("get_export_fields", &["metadata_fields", "media_info_fields"]),
    ("get_user_player_stats", &[""]),
    ("get_item_user_stats", &[""]),
    ("get_library_user_stats", &[""]),
];

/// Tables (their rows are in `data.data`) and the column that sorts them unless another one is asked for.
const TABLES: [(&str, &str); 11] = [
    ("get_history", "date"),
    ("get_libraries_table", "section_name"),
    ("get_users_table", "friendly_name"),
    ("get_user_ips", "last_seen"),
    ("get_user_logins", "timestamp"),
    ("get_notification_log", "timestamp"),
    ("get_newsletter_log", "timestamp"),
    ("get_exports_table", "timestamp"),
    ("get_library_media_info", "sort_title"),
    ("get_collections_table", "titleSort"),
    ("get_playlists_table", "title"),
];

/// Columns that sort so finely that the rows at a page's edge are the only ones that can stand there.
pub(super) const FINE: [&str; 4] = ["date", "timestamp", "section_name", "friendly_name"];

fn of(table: &[(&str, &'static [&'static str])], command: &str) -> &'static [&'static str] {
    table.iter().find(|(name, _)| *name == command).map_or(&[], |(_, keys)| keys)
}

/// Keys whose values are passed over.
pub(super) fn volatile(command: &str, phase: &str) -> Vec<&'static str> {
    let mut keys: Vec<_> = [of(&VOLATILE, "*"), of(&VOLATILE, command)].concat();
    if phase != "read" && phase != "pms" && FRESH_COMMANDS.contains(&command) {
        keys.extend(FRESH);
        keys.extend(of(&VOLATILE, &format!("{command} fresh")));
    }
    keys
}

pub(super) fn has_no_order(command: &str, path: &str) -> bool {
    of(&UNORDERED, command).contains(&path)
}

pub(super) fn sorted_by(command: &str) -> Option<&'static str> {
    TABLES.iter().find(|(name, _)| *name == command).map(|(_, column)| *column)
}
