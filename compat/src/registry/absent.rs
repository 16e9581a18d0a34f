//! Commands of features that are not here yet. This table shrinks as features come.

use super::{Param, Row, Work};
use crate::commands::FORGET;
use crate::commands::absent::{ROWS_DOCUMENT, forget, lists, logs, refusals};

/// A command that lists what an import has brought.
macro_rules! imported {
    ($name:ident, $about:literal, [$(($param:literal, $text:literal)),* $(,)?], $work:path) => {
        Row {
            name: stringify!($name),
            about: $about,
            params: &[$(Param { name: $param, about: $text }),*],
            documents: &[ROWS_DOCUMENT],
            work: Work::Keyed(|call| Box::pin($work(call))),
        }
    };
}

/// A command that deletes of that.
macro_rules! forgotten {
    ($name:ident, $about:literal, [$(($param:literal, $text:literal)),* $(,)?], $work:path) => {
        Row {
            name: stringify!($name),
            about: $about,
            params: &[$(Param { name: $param, about: $text }),*],
            documents: &[ROWS_DOCUMENT, FORGET],
            work: Work::Keyed(|call| Box::pin($work(call))),
        }
    };
}

pub(super) static ROWS: &[Row] = &[
    absent!(
        add_newsletter_config,
        "Is refused: newsletters are not there yet.",
        [("agent_id", "the kind of newsletter")],
        refusals::add_newsletter
    ),
    absent!(
        add_notifier_config,
        "Is refused: notification agents are not there yet.",
        [("agent_id", "the kind of agent")],
        refusals::add_notifier
    ),
    forgotten!(
        delete_export,
        "Deletes an export that an import has brought, or all of them.",
        [("export_id", "the export"), ("delete_all", "true for all, false by default")],
        forget::export
    ),
    absent!(
        delete_hosted_images,
        "Is refused: hosted images are not there yet.",
        [
            ("rating_key", "one item"),
            ("service", "or everything of imgur or cloudinary"),
            ("delete_all", "true, together with service"),
        ],
        refusals::delete_hosted_images
    ),
    forgotten!(
        delete_mobile_device,
        "Deletes a mobile device that an import has brought.",
        [("mobile_device_id", "the device"), ("device_id", "or its own identifier")],
        forget::device
    ),
    forgotten!(
        delete_newsletter,
        "Deletes a newsletter that an import has brought.",
        [("newsletter_id", "the newsletter")],
        forget::newsletter
    ),
    forgotten!(
        delete_notifier,
        "Deletes a notification agent that an import has brought.",
        [("notifier_id", "the agent")],
        forget::notifier
    ),
    absent!(
        download_export,
        "Finds nothing: exports are not there yet.",
        [("export_id", "the export")],
        refusals::download_export
    ),
    absent!(
        export_metadata,
        "Is refused: exports are not there yet.",
        [
            ("section_id", "a library"),
            ("user_id", "or a user, for playlists"),
            ("rating_key", "or an item"),
            ("file_format", "csv (the default), json, xml or m3u"),
            ("metadata_level", "how much of the facts, 1 by default"),
            ("media_info_level", "how much of the files, 1 by default"),
            ("thumb_level", "which pictures, 0 by default"),
            ("art_level", "which backgrounds, 0 by default"),
            ("logo_level", "which logos, 0 by default"),
            ("squareArt_level", "which square pictures, 0 by default"),
            ("theme_level", "which tunes, 0 by default"),
            ("custom_fields", "more fields, separated by commas"),
            ("export_type", "all, collection or playlist"),
            ("individual_files", "true for a file each, false by default"),
        ],
        refusals::export
    ),
    imported!(
        get_exports_table,
        "Returns the exports that an import has brought, as a table.",
        [
            ("section_id", "of one library"),
            ("user_id", "of one user"),
            ("rating_key", "of one item"),
            (
                "order_column",
                "timestamp (the default), media_type_title, rating_key, title, file_format, metadata_level, media_info_level, custom_fields, file_size, complete"
            ),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in a row"),
        ],
        logs::exports
    ),
    imported!(
        get_newsletter_config,
        "Returns a newsletter that an import has brought, without its secrets.",
        [("newsletter_id", "the newsletter")],
        lists::newsletter
    ),
    imported!(
        get_newsletter_log,
        "Returns the log of newsletters that an import has brought, as a table.",
        [
            (
                "order_column",
                "timestamp (the default), newsletter_id, agent_name, notify_action, subject_text, body_text, start_date, end_date, uuid"
            ),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in a row"),
        ],
        logs::newsletters
    ),
    imported!(get_newsletters, "Returns the newsletters that an import has brought.", [], lists::newsletters),
    imported!(
        get_notification_log,
        "Returns the log of notifications that an import has brought, as a table.",
        [
            (
                "order_column",
                "timestamp (the default), notifier_id, agent_name, notify_action, subject_text, body_text"
            ),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in a row"),
        ],
        logs::notifications
    ),
    imported!(
        get_notifier_config,
        "Returns a notification agent that an import has brought, without its secrets.",
        [("notifier_id", "the agent")],
        lists::notifier
    ),
    imported!(
        get_notifiers,
        "Returns the notification agents that an import has brought.",
        [("notify_action", "those that are told of it, such as on_play")],
        lists::notifiers
    ),
    absent!(
        notify,
        "Is refused: notification agents are not there yet.",
        [
            ("notifier_id", "the agent"),
            ("subject", "the subject"),
            ("body", "the text"),
            ("headers", "headers of a webhook"),
            ("script_args", "arguments of a script"),
        ],
        refusals::notify
    ),
    absent!(
        notify_newsletter,
        "Is refused: newsletters are not there yet.",
        [
            ("newsletter_id", "the newsletter"),
            ("subject", "the subject"),
            ("body", "the text"),
            ("message", "what stands above"),
        ],
        refusals::notify_newsletter
    ),
    absent!(
        notify_recently_added,
        "Is refused: notification agents are not there yet.",
        [("rating_key", "the item"), ("notifier_id", "one agent")],
        refusals::notify_recently_added
    ),
    absent!(
        register_device,
        "Is refused: mobile devices are not there yet.",
        [
            ("device_id", "the device's identifier"),
            ("device_name", "its name"),
            ("platform", "its system"),
            ("version", "the version of its program"),
            ("friendly_name", "the name to show"),
            ("onesignal_id", "where it is to be told"),
            ("min_version", "the oldest version of the service that it can speak with"),
        ],
        refusals::register_device
    ),
    absent!(
        set_mobile_device_config,
        "Is refused: mobile devices are not there yet.",
        [("mobile_device_id", "the device"), ("friendly_name", "the name to show")],
        refusals::set_device
    ),
    absent!(
        set_newsletter_config,
        "Is refused: newsletters are not there yet.",
        [("newsletter_id", "the newsletter"), ("agent_id", "its kind")],
        refusals::set_newsletter
    ),
    absent!(
        set_notifier_config,
        "Is refused: notification agents are not there yet.",
        [("notifier_id", "the agent"), ("agent_id", "its kind")],
        refusals::set_notifier
    ),
];
