//! Commands about media servers and what plex.tv knows.

use super::{Param, Row, Work};
use crate::commands;

pub(super) static ROWS: &[Row] = &[
    keyed!(
        get_geoip_lookup,
        "Returns where on earth an address is.",
        [("ip_address", "the address")],
        [commands::get_geoip_lookup::DOCUMENT]
    ),
    keyed!(
        get_plex_log,
        "Returns the last lines of a log of the media server, where it is within reach.",
        [
            ("logfile", "Plex Media Server (the default) or Plex Media Scanner"),
            ("log_type", "or server or scanner"),
            ("window", "how many lines"),
        ],
        [commands::get_plex_log::DOCUMENT]
    ),
    keyed!(
        get_pms_update,
        "Returns the newest release for the media server.",
        [],
        [commands::get_pms_update::DOCUMENT]
    ),
    keyed!(
        get_server_friendly_name,
        "Returns the media server's name.",
        [],
        [commands::get_server_friendly_name::DOCUMENT]
    ),
    keyed!(
        get_server_id,
        "Returns the identifier of the media server at an address.",
        [
            ("hostname", "name or number of the host"),
            ("port", "the port"),
            ("identifier", "the identifier, if it is known"),
            ("ssl", "1 for an encrypted connection, 0 by default"),
            ("remote", "1 for a server elsewhere, 0 by default"),
            ("manual", "1 takes the address as it is, 0 by default"),
            ("get_url", "true returns the address too"),
            ("test_websocket", "true tries the notifications too"),
        ],
        [commands::get_server_id::DOCUMENT]
    ),
    keyed!(
        get_server_identity,
        "Returns identifier and version of the media server.",
        [],
        [commands::get_server_identity::DOCUMENT]
    ),
    Row {
        name: "get_server_info",
        about: "Returns the media server that is watched.",
        params: &[],
        documents: &[commands::get_server_info::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_server_info::run(call))),
    },
    keyed!(
        get_server_list,
        "Returns the media servers of the account with their addresses.",
        [
            ("include_cloud", "false leaves Plex's own machines out, true by default"),
            ("all_servers", "false leaves out what is published by others, true by default"),
        ],
        [commands::get_server_list::DOCUMENT]
    ),
    keyed!(
        get_server_pref,
        "Returns a setting of the media server.",
        [("pref", "its name")],
        [commands::get_server_pref::DOCUMENT]
    ),
    keyed!(
        get_servers_info,
        "Returns the media servers that the media server knows.",
        [],
        [commands::get_servers_info::DOCUMENT]
    ),
    keyed!(
        get_whois_lookup,
        "Returns whose network an address belongs to.",
        [("ip_address", "the address")],
        [commands::get_whois_lookup::DOCUMENT]
    ),
    keyed!(
        refresh_libraries_list,
        "Reads the media server's libraries now.",
        [],
        [commands::DEFAULT_SERVER, commands::refresh_libraries_list::DOCUMENT]
    ),
    keyed!(
        refresh_users_list,
        "Reads the media server's users now.",
        [],
        [commands::DEFAULT_SERVER, commands::refresh_users_list::DOCUMENT]
    ),
    keyed!(
        server_status,
        "Tells whether the media server is connected.",
        [],
        [commands::server_status::DOCUMENT]
    ),
];
