//! Commands about the service itself.

use super::{Param, Row, Work};
use crate::commands;

pub(super) static ROWS: &[Row] = &[
    keyed!(arnold, "Returns a line of no use.", [], []),
    keyed!(
        backup_config,
        "Writes the settings, without secrets, to the folder for backups.",
        [],
        [commands::backup_config::DOCUMENT]
    ),
    keyed!(
        backup_db,
        "Writes a dump of the database to the folder for backups.",
        [],
        [commands::backup_db::DOCUMENT]
    ),
    keyed!(
        delete_cache,
        "Throws away everything that is kept of media servers.",
        [("images", "true for pictures only, false by default")],
        [commands::delete_cache::IMAGES_DOCUMENT, commands::delete_cache::TABLES_DOCUMENT]
    ),
    keyed!(
        delete_image_cache,
        "Throws away the pictures that are kept.",
        [],
        [commands::delete_cache::IMAGES_DOCUMENT]
    ),
    keyed!(
        delete_lookup_info,
        "Forgets what was looked up elsewhere about items.",
        [
            ("rating_key", "one item"),
            ("service", "or everything of themoviedb, tvmaze or musicbrainz"),
            ("delete_all", "true, together with service"),
        ],
        [commands::FORGET]
    ),
    keyed!(delete_newsletter_log, "Forgets the log of newsletters.", [], [commands::FORGET]),
    keyed!(delete_notification_log, "Forgets the log of notifications.", [], [commands::FORGET]),
    keyed!(delete_recently_added, "Forgets which new items are known.", [], [commands::FORGET]),
    Row {
        name: "docs",
        about: "Returns this documentation as JSON.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::json),
    },
    Row {
        name: "docs_md",
        about: "Returns this documentation as Markdown.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::markdown),
    },
    keyed!(download_config, "Downloads the settings without secrets.", [], []),
    keyed!(download_database, "Downloads a dump of the database.", [], []),
    keyed!(
        download_log,
        "Downloads the log.",
        [("logfile", "tautulli, tautulli_api or plex_websocket; all are one log here")],
        []
    ),
    keyed!(
        download_plex_log,
        "Downloads a log of the media server, where it is within reach.",
        [
            ("logfile", "Plex Media Server (the default) or Plex Media Scanner"),
            ("log_type", "or server or scanner"),
        ],
        []
    ),
    keyed!(
        get_date_formats,
        "Returns how dates and times are to be written.",
        [],
        [commands::get_date_formats::DOCUMENT]
    ),
    keyed!(
        get_export_fields,
        "Returns the fields that an export of a kind of items may hold, with the level from which on.",
        [("media_type", "the kind of items"), ("sub_media_type", "what collections and playlists hold")],
        []
    ),
    keyed!(
        get_logs,
        "Returns entries of the log.",
        [
            ("sort", "time (the default), thread, msg, loglevel"),
            ("search", "text in an entry"),
            ("order", "desc (the default) or asc"),
            ("regex", "a regular expression that must be found"),
            ("start", "entries to pass over, 0 by default"),
            ("end", "the entry to end before; 0, the default, for the last"),
        ],
        [commands::get_logs::DOCUMENT]
    ),
    keyed!(get_notifier_parameters, "Returns what the texts of notifications may tell.", [], []),
    keyed!(
        get_settings,
        "Returns the settings by section. Secrets are left out.",
        [("key", "one section")],
        [commands::get_settings::DOCUMENT]
    ),
    keyed!(
        get_tautulli_info,
        "Returns the service's version and its machine.",
        [],
        [commands::get_tautulli_info::DOCUMENT]
    ),
    Row {
        name: "import_config",
        about: "Takes over the settings of another installation.",
        params: commands::import_database::CONFIG_PARAMS,
        documents: &[commands::import_database::CONFIG_DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::import_database::config(call))),
    },
    Row {
        name: "import_database",
        about: "Brings the history of another installation here.",
        params: commands::import_database::PARAMS,
        documents: &[commands::import_database::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::import_database::run(call))),
    },
    keyed!(restart, "Starts the service again.", [], [commands::restart::DOCUMENT]),
    keyed!(
        sql,
        "Returns the rows of a query over the history; off unless the setting api_sql is on.",
        [("query", "a single SELECT in PostgreSQL's words")],
        [commands::sql::DOCUMENT]
    ),
    Row {
        name: "status",
        about: "Tells whether the service works.",
        params: &[Param { name: "check", about: "`database` to check the database too" }],
        documents: &[commands::DEFAULT_SERVER],
        work: Work::Keyed(|call| Box::pin(commands::status::run(call))),
    },
    keyed!(update, "Is refused: the service is updated from outside.", [], []),
    keyed!(update_check, "Is refused: the service does not look for releases of itself.", [], []),
];
