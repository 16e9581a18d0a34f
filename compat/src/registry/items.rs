//! Commands about what is in the libraries.

use super::{Param, Row, Work};
use crate::commands;

pub(super) static ROWS: &[Row] = &[
    keyed!(
        delete_media_info_cache,
        "Forgets the table of a library's content; it is read anew when somebody asks.",
        [("section_id", "the library")],
        [commands::LIBRARIES, commands::delete_media_info_cache::DOCUMENT]
    ),
    keyed!(
        delete_synced_item,
        "Takes something off a device again.",
        [("client_id", "the device"), ("sync_id", "the number of what was put on it")],
        [commands::DEFAULT_SERVER, commands::delete_synced_item::DOCUMENT]
    ),
    keyed!(
        get_children_metadata,
        "Returns what an item consists of.",
        [
            ("rating_key", "the show, season, artist, album, collection or playlist"),
            ("media_type", "what it is, for collections, playlists and artists"),
        ],
        [commands::get_children_metadata::DOCUMENT]
    ),
    keyed!(
        get_collections_table,
        "Returns the collections of a library as a table.",
        [
            ("section_id", "the library"),
            ("order_column", "titleSort (the default), collectionMode, collectionSort, childCount"),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in the title"),
        ],
        [commands::LIBRARIES, commands::get_collections_table::DOCUMENT]
    ),
    keyed!(
        get_library_media_info,
        "Returns what is in a library, or in an item, as a table with formats, sizes and plays.",
        [
            ("section_id", "the library"),
            ("section_type", "what it holds: movie, show, artist, photo"),
            ("rating_key", "or an item, for its children"),
            ("refresh", "true reads the library anew"),
            (
                "order_column",
                "sort_title (the default), added_at, container, bitrate, video_codec, video_resolution, video_framerate, audio_codec, audio_channels, file_size, last_played, play_count"
            ),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in titles and formats"),
        ],
        [
            commands::LIBRARIES,
            commands::get_library_media_info::LIBRARY_DOCUMENT,
            commands::get_library_media_info::ITEM_DOCUMENT,
        ]
    ),
    keyed!(
        get_metadata,
        "Returns an item of a library with all its files.",
        [("rating_key", "the item"), ("sync_id", "or something that was put on a device")],
        [commands::SYNCED_ITEMS, commands::get_metadata::DOCUMENT]
    ),
    keyed!(
        get_playlists_table,
        "Returns playlists as a table.",
        [
            ("section_id", "those that fit a library"),
            ("user_id", "or those of a user"),
            ("order_column", "title (the default), leafCount, duration"),
            ("order_dir", "desc (the default) or asc"),
            ("start", "rows to pass over, 0 by default"),
            ("length", "rows on the page, 25 by default"),
            ("search", "text in the title"),
        ],
        [
            commands::LIBRARIES,
            commands::get_playlists_table::SERVER_DOCUMENT,
            commands::get_playlists_table::USERS_DOCUMENT,
            commands::get_playlists_table::USER_DOCUMENT,
        ]
    ),
    keyed!(
        get_recently_added,
        "Returns what came into the libraries last.",
        [
            ("start", "rows to pass over, 0 by default"),
            ("count", "how many"),
            ("media_type", "movie, show, artist or other_video; everything by default"),
            ("section_id", "one library"),
        ],
        [commands::get_recently_added::DOCUMENT]
    ),
    keyed!(
        get_synced_items,
        "Returns what was put on devices.",
        [("machine_id", "the media server's identifier"), ("user_id", "one user")],
        [commands::DEFAULT_SERVER, commands::SYNCED_ITEMS]
    ),
    keyed!(
        pms_image_proxy,
        "Returns a picture of the media server, scaled.",
        [
            ("img", "the picture's path"),
            ("rating_key", "or an item"),
            ("width", "in pixels, 750 by default"),
            ("height", "in pixels, 1000 by default"),
            ("opacity", "in per cent, 100 by default"),
            ("background", "what shines through, six hex digits, 000000 by default"),
            ("blur", "the radius, 0 by default"),
            ("img_format", "png (the default) or jpg"),
            ("fallback", "what stands in: poster, cover, art, poster-live, art-live, art-live-full, user"),
            ("refresh", "true asks the media server anew"),
            ("return_hash", "true returns the picture's hash instead"),
        ],
        []
    ),
    keyed!(
        search,
        "Returns items whose titles a text finds, by kind.",
        [("query", "the text"), ("limit", "how many of each kind")],
        [commands::search::DOCUMENT]
    ),
];
