//! Which tables wait, with their columns. The database's tables of the same names are made from this list; a test compares them.

use Cell::{Int, Text};

/// What a cell of a staged table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Int,
    Text,
}

/// A table that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StagedTable {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Cell)],
}

/// All of them.
#[rustfmt::skip]
pub const STAGED: &[StagedTable] = &[
    StagedTable {
        name: "sessions",
        columns: &[
            ("id", Int), ("session_key", Int), ("session_id", Text), ("transcode_key", Text), ("rating_key", Int),
            ("section_id", Int), ("media_type", Text), ("started", Int), ("stopped", Int), ("paused_counter", Int),
            ("state", Text), ("user_id", Int), ("user", Text), ("friendly_name", Text), ("ip_address", Text),
            ("machine_id", Text), ("bandwidth", Int), ("location", Text), ("player", Text), ("product", Text),
            ("platform", Text), ("title", Text), ("parent_title", Text), ("grandparent_title", Text),
            ("original_title", Text), ("full_title", Text), ("media_index", Int), ("parent_media_index", Int),
            ("thumb", Text), ("parent_thumb", Text), ("grandparent_thumb", Text), ("year", Int), ("parent_rating_key", Int),
            ("grandparent_rating_key", Int), ("originally_available_at", Text), ("added_at", Int), ("guid", Text),
            ("view_offset", Int), ("duration", Int), ("video_decision", Text), ("audio_decision", Text),
            ("transcode_decision", Text), ("container", Text), ("bitrate", Int), ("width", Int), ("height", Int),
            ("video_codec", Text), ("video_bitrate", Int), ("video_resolution", Text), ("video_width", Int),
            ("video_height", Int), ("video_framerate", Text), ("video_scan_type", Text), ("video_full_resolution", Text),
            ("video_dynamic_range", Text), ("aspect_ratio", Text), ("audio_codec", Text), ("audio_bitrate", Int),
            ("audio_channels", Int), ("audio_language", Text), ("audio_language_code", Text), ("subtitle_codec", Text),
            ("subtitle_forced", Int), ("subtitle_language", Text), ("stream_bitrate", Int),
            ("stream_video_resolution", Text), ("quality_profile", Text), ("stream_container_decision", Text),
            ("stream_container", Text), ("stream_video_decision", Text), ("stream_video_codec", Text),
            ("stream_video_bitrate", Int), ("stream_video_width", Int), ("stream_video_height", Int),
            ("stream_video_framerate", Text), ("stream_video_scan_type", Text), ("stream_video_full_resolution", Text),
            ("stream_video_dynamic_range", Text), ("stream_audio_decision", Text), ("stream_audio_codec", Text),
            ("stream_audio_bitrate", Int), ("stream_audio_channels", Int), ("stream_audio_language", Text),
            ("stream_audio_language_code", Text), ("subtitles", Int), ("stream_subtitle_decision", Text),
            ("stream_subtitle_codec", Text), ("stream_subtitle_forced", Int), ("stream_subtitle_language", Text),
            ("transcode_protocol", Text), ("transcode_container", Text), ("transcode_video_codec", Text),
            ("transcode_audio_codec", Text), ("transcode_audio_channels", Int), ("transcode_width", Int),
            ("transcode_height", Int), ("transcode_hw_decoding", Int), ("transcode_hw_encoding", Int),
            ("optimized_version", Int), ("optimized_version_profile", Text), ("optimized_version_title", Text),
            ("synced_version", Int), ("synced_version_profile", Text), ("live", Int), ("live_uuid", Text),
            ("channel_call_sign", Text), ("channel_id", Text), ("channel_identifier", Text), ("channel_title", Text),
            ("channel_thumb", Text), ("channel_vcn", Text), ("secure", Int), ("relayed", Int), ("buffer_count", Int),
            ("buffer_last_triggered", Int), ("last_paused", Int), ("watched", Int), ("intro", Int), ("credits", Int),
            ("commercial", Int), ("marker", Int), ("initial_stream", Int), ("write_attempts", Int),
            ("raw_stream_info", Text), ("rating_key_websocket", Text),
        ],
    },
    StagedTable {
        name: "sessions_continued",
        columns: &[
            ("id", Int), ("user_id", Int), ("machine_id", Text), ("media_type", Text), ("stopped", Int),
        ],
    },
    StagedTable {
        name: "user_login",
        columns: &[
            ("id", Int), ("timestamp", Int), ("user_id", Int), ("user", Text), ("user_group", Text), ("ip_address", Text),
            ("host", Text), ("user_agent", Text), ("success", Int), ("expiry", Text), ("jwt_token", Text),
        ],
    },
    StagedTable {
        name: "notifiers",
        columns: &[
            ("id", Int), ("agent_id", Int), ("agent_name", Text), ("agent_label", Text), ("friendly_name", Text),
            ("notifier_config", Text), ("on_play", Int), ("on_stop", Int), ("on_pause", Int), ("on_resume", Int),
            ("on_change", Int), ("on_buffer", Int), ("on_error", Int), ("on_intro", Int), ("on_credits", Int),
            ("on_commercial", Int), ("on_watched", Int), ("on_created", Int), ("on_extdown", Int), ("on_intdown", Int),
            ("on_extup", Int), ("on_intup", Int), ("on_pmsupdate", Int), ("on_concurrent", Int), ("on_newdevice", Int),
            ("on_plexpyupdate", Int), ("on_plexpydbcorrupt", Int), ("on_tokenexpired", Int), ("on_play_subject", Text),
            ("on_stop_subject", Text), ("on_pause_subject", Text), ("on_resume_subject", Text), ("on_change_subject", Text),
            ("on_buffer_subject", Text), ("on_error_subject", Text), ("on_intro_subject", Text),
            ("on_credits_subject", Text), ("on_commercial_subject", Text), ("on_watched_subject", Text),
            ("on_created_subject", Text), ("on_extdown_subject", Text), ("on_intdown_subject", Text),
            ("on_extup_subject", Text), ("on_intup_subject", Text), ("on_pmsupdate_subject", Text),
            ("on_concurrent_subject", Text), ("on_newdevice_subject", Text), ("on_plexpyupdate_subject", Text),
            ("on_plexpydbcorrupt_subject", Text), ("on_tokenexpired_subject", Text), ("on_play_body", Text),
            ("on_stop_body", Text), ("on_pause_body", Text), ("on_resume_body", Text), ("on_change_body", Text),
            ("on_buffer_body", Text), ("on_error_body", Text), ("on_intro_body", Text), ("on_credits_body", Text),
            ("on_commercial_body", Text), ("on_watched_body", Text), ("on_created_body", Text), ("on_extdown_body", Text),
            ("on_intdown_body", Text), ("on_extup_body", Text), ("on_intup_body", Text), ("on_pmsupdate_body", Text),
            ("on_concurrent_body", Text), ("on_newdevice_body", Text), ("on_plexpyupdate_body", Text),
            ("on_plexpydbcorrupt_body", Text), ("on_tokenexpired_body", Text), ("custom_conditions", Text),
            ("custom_conditions_logic", Text),
        ],
    },
    StagedTable {
        name: "notify_log",
        columns: &[
            ("id", Int), ("timestamp", Int), ("session_key", Int), ("rating_key", Int), ("parent_rating_key", Int),
            ("grandparent_rating_key", Int), ("user_id", Int), ("user", Text), ("notifier_id", Int), ("agent_id", Int),
            ("agent_name", Text), ("notify_action", Text), ("subject_text", Text), ("body_text", Text),
            ("script_args", Text), ("success", Int), ("tag", Text), ("poster_url", Text),
        ],
    },
    StagedTable {
        name: "newsletters",
        columns: &[
            ("id", Int), ("agent_id", Int), ("agent_name", Text), ("agent_label", Text), ("id_name", Text),
            ("friendly_name", Text), ("newsletter_config", Text), ("email_config", Text), ("subject", Text), ("body", Text),
            ("message", Text), ("cron", Text), ("active", Int),
        ],
    },
    StagedTable {
        name: "newsletter_log",
        columns: &[
            ("id", Int), ("timestamp", Int), ("newsletter_id", Int), ("agent_id", Int), ("agent_name", Text),
            ("notify_action", Text), ("subject_text", Text), ("body_text", Text), ("message_text", Text),
            ("start_date", Text), ("end_date", Text), ("start_time", Int), ("end_time", Int), ("uuid", Text),
            ("filename", Text), ("email_msg_id", Text), ("success", Int),
        ],
    },
    StagedTable {
        name: "recently_added",
        columns: &[
            ("id", Int), ("added_at", Int), ("pms_identifier", Text), ("section_id", Int), ("rating_key", Int),
            ("parent_rating_key", Int), ("grandparent_rating_key", Int), ("media_type", Text), ("media_info", Text),
        ],
    },
    StagedTable {
        name: "mobile_devices",
        columns: &[
            ("id", Int), ("device_id", Text), ("device_token", Text), ("device_name", Text), ("platform", Text),
            ("version", Text), ("friendly_name", Text), ("onesignal_id", Text), ("last_seen", Int), ("official", Int),
        ],
    },
    StagedTable {
        name: "tvmaze_lookup",
        columns: &[
            ("id", Int), ("rating_key", Int), ("thetvdb_id", Int), ("imdb_id", Text), ("tvmaze_id", Int),
            ("tvmaze_url", Text), ("tvmaze_json", Text),
        ],
    },
    StagedTable {
        name: "themoviedb_lookup",
        columns: &[
            ("id", Int), ("rating_key", Int), ("thetvdb_id", Int), ("imdb_id", Text), ("themoviedb_id", Int),
            ("themoviedb_url", Text), ("themoviedb_json", Text),
        ],
    },
    StagedTable {
        name: "musicbrainz_lookup",
        columns: &[
            ("id", Int), ("rating_key", Int), ("musicbrainz_id", Int), ("musicbrainz_url", Text),
            ("musicbrainz_type", Text), ("musicbrainz_json", Text),
        ],
    },
    StagedTable {
        name: "image_hash_lookup",
        columns: &[
            ("id", Int), ("img_hash", Text), ("img", Text), ("rating_key", Int), ("width", Int), ("height", Int),
            ("opacity", Int), ("background", Text), ("blur", Int), ("fallback", Text),
        ],
    },
    StagedTable {
        name: "imgur_lookup",
        columns: &[
            ("id", Int), ("img_hash", Text), ("imgur_title", Text), ("imgur_url", Text), ("delete_hash", Text),
        ],
    },
    StagedTable {
        name: "cloudinary_lookup",
        columns: &[
            ("id", Int), ("img_hash", Text), ("cloudinary_title", Text), ("cloudinary_url", Text),
        ],
    },
    StagedTable {
        name: "exports",
        columns: &[
            ("id", Int), ("timestamp", Int), ("section_id", Int), ("user_id", Int), ("rating_key", Int),
            ("media_type", Text), ("title", Text), ("file_format", Text), ("metadata_level", Int),
            ("media_info_level", Int), ("thumb_level", Int), ("art_level", Int), ("logo_level", Int),
            ("squareArt_level", Int), ("theme_level", Int), ("custom_fields", Text), ("individual_files", Int),
            ("file_size", Int), ("complete", Int), ("exported_items", Int), ("total_items", Int),
        ],
    },
    StagedTable { name: "version_info", columns: &[
            ("key", Text), ("value", Text),
        ] },
];
