//! The tables as diesel knows them: the mirror of `migrations/`, checked against the database by a test.

diesel::table! {
    servers (id) {
        id -> BigInt, name -> Text, machine_id -> Text, url -> Text, token -> Text, verify_tls -> Bool,
        version -> Text, platform -> Text, plex_pass -> Bool, is_default -> Bool, link_revision -> BigInt, created_at -> Timestamptz,
        updated_at -> Timestamptz, removed_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    collectors (server_id) { server_id -> BigInt, owner -> Uuid, epoch -> BigInt, alive_at -> Timestamptz, }
}
diesel::table! {
    jobs (id) {
        id -> BigInt, kind -> Text, server_id -> Nullable<BigInt>, known_at -> Timestamptz, started_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>, failure -> Nullable<Text>, failures -> Integer,
    }
}
diesel::table! {
    users (id) {
        id -> BigInt, server_id -> BigInt, account_id -> BigInt, username -> Text, title -> Text, custom_name -> Text,
        email -> Text, thumb -> Text, custom_thumb -> Text, is_active -> Bool, is_admin -> Bool, is_home_user -> Bool,
        is_allow_sync -> Bool, is_restricted -> Bool, keep_history -> Bool, allow_guest -> Bool, deleted -> Bool,
        server_token -> Text, shared_sections -> Array<BigInt>, share_filters -> Jsonb, updated_at -> Timestamptz,
        do_notify -> Bool, is_told -> Bool,
    }
}
diesel::table! {
    libraries (id) {
        id -> BigInt, server_id -> BigInt, section_id -> BigInt, name -> Text, kind -> Text, agent -> Text,
        thumb -> Text, custom_thumb -> Text, art -> Text, custom_art -> Text, item_count -> Nullable<BigInt>,
        parent_count -> Nullable<BigInt>, child_count -> Nullable<BigInt>, is_active -> Bool, keep_history -> Bool,
        deleted -> Bool, updated_at -> Timestamptz, do_notify -> Bool, do_notify_created -> Bool,
    }
}
diesel::table! {
    items (id) {
        id -> BigInt, server_id -> BigInt, guid -> Text, kind -> Text, rating_key -> Text, snapshot_id -> BigInt,
        updated_at -> Timestamptz,
    }
}
diesel::table! {
    item_snapshots (id) {
        id -> BigInt, server_id -> BigInt, digest -> Bytea, kind -> Text, guid -> Text, rating_key -> Text,
        parent_rating_key -> Text, grandparent_rating_key -> Text, section_id -> Nullable<BigInt>, title -> Text,
        parent_title -> Text, grandparent_title -> Text, full_title -> Text, year -> Nullable<BigInt>,
        detail -> Jsonb, detail_version -> SmallInt,
    }
}
diesel::table! {
    sessions (id) {
        id -> Uuid, server_id -> BigInt, session_key -> BigInt, user_id -> Nullable<BigInt>, state -> Text,
        started_at -> Timestamptz, seen_at -> Timestamptz, detail -> Jsonb, detail_version -> SmallInt,
    }
}
diesel::table! {
    session_events (session_id, seq) {
        session_id -> Uuid, seq -> Integer, server_id -> BigInt, at -> Timestamptz, kind -> Text,
        view_offset_ms -> BigInt, detail -> Jsonb,
    }
}
diesel::table! {
    play_groups (id) {
        id -> BigInt, server_id -> BigInt, user_id -> BigInt, library_id -> Nullable<BigInt>, item_id -> BigInt,
        kind -> Text, live -> Bool, date -> Timestamptz, started_at -> Timestamptz, stopped_at -> Timestamptz,
        played_ms -> BigInt, paused_ms -> BigInt, percent_complete -> SmallInt, watched_quarters -> SmallInt,
        play_count -> BigInt, newest_play_id -> BigInt, furthest_play_id -> BigInt,
    }
}
diesel::table! {
    plays (id) {
        id -> BigInt, session_id -> Uuid, group_id -> BigInt, server_id -> BigInt, user_id -> BigInt,
        library_id -> Nullable<BigInt>, item_id -> BigInt, snapshot_id -> BigInt, kind -> Text, live -> Bool,
        started_at -> Timestamptz, stopped_at -> Timestamptz, played_ms -> BigInt, paused_ms -> BigInt,
        view_offset_ms -> BigInt, percent_complete -> SmallInt, watched_quarters -> SmallInt, decision -> Text,
        platform -> Text, product -> Text, player -> Text, machine_id -> Text, address -> Text, location -> Text,
        initial -> Bool, player_detail -> Jsonb, stream_id -> BigInt,
    }
}
diesel::table! {
    stream_details (id) {
        id -> BigInt, digest -> Uuid, version -> SmallInt, detail -> Jsonb, source_resolution -> Text, resolution -> Text,
    }
}
diesel::table! {
    play_words (kind, word) { kind -> Text, word -> Text, }
}
diesel::table! {
    history_sums (id) { id -> BigInt, server_id -> BigInt, plays -> BigInt, groups -> BigInt, played_ms -> BigInt, }
}
diesel::table! {
    revisions (id) {
        id -> BigInt, kind -> Text, made_by -> Text, made_at -> Timestamptz, summary -> Text, removed -> BigInt,
        restored -> BigInt, changed -> BigInt, settings_before -> Nullable<Jsonb>, expires_at -> Timestamptz,
        undone_at -> Nullable<Timestamptz>, undone_by -> Nullable<Text>, purged_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    revision_plays (revision_id, play_id) {
        revision_id -> BigInt, play_id -> BigInt, group_id -> BigInt, item_id -> BigInt, snapshot_id -> BigInt,
        library_id -> Nullable<BigInt>, watched_quarters -> SmallInt, was_hidden -> Bool, hidden_by -> Nullable<BigInt>,
    }
}
diesel::table! {
    removed_plays (play_id) {
        play_id -> BigInt, revision_id -> Nullable<BigInt>, hidden -> Bool, content -> Jsonb,
        imported -> Jsonb,
    }
}
diesel::table! {
    last_stops (server_id, user_id, machine_id, kind) {
        server_id -> BigInt, user_id -> BigInt, machine_id -> Text, kind -> Text, stopped_at -> Timestamptz,
    }
}
diesel::table! {
    accounts (id) {
        id -> BigInt, username -> Text, password_hash -> Text, role -> Text, user_id -> Nullable<BigInt>,
        created_at -> Timestamptz, plex_account_id -> Nullable<BigInt>,
    }
}
diesel::table! {
    web_sessions (digest) {
        digest -> Bytea, account_id -> BigInt, created_at -> Timestamptz, expires_at -> Timestamptz, address -> Text,
        agent -> Text,
    }
}
diesel::table! {
    api_keys (id) {
        id -> BigInt, name -> Text, prefix -> Text, digest -> Bytea, role -> Text, user_id -> Nullable<BigInt>,
        created_at -> Timestamptz, last_used_at -> Nullable<Timestamptz>, revoked_at -> Nullable<Timestamptz>,
        scope -> Text, library_ids -> Nullable<Array<BigInt>>,
    }
}
diesel::table! {
    login_attempts (id) {
        id -> BigInt, at -> Timestamptz, username -> Text, address -> Text, agent -> Text, success -> Bool,
        account_id -> Nullable<BigInt>, by_plex -> Bool,
    }
}
diesel::table! {
    plex_pins (digest) {
        digest -> Bytea, pin_id -> BigInt, address -> Text, created_at -> Timestamptz, expires_at -> Timestamptz,
    }
}
diesel::table! { rollup_state (id) { id -> Bool, zone -> Text, stale -> Bool, rebuilt_at -> Nullable<Timestamptz>, } }
diesel::table! { rollup_words (id) { id -> BigInt, word -> Text, } }
diesel::table! {
    titles (id) {
        id -> BigInt, digest -> Bytea, kind -> Text, title -> Text, artist -> Text, year -> Nullable<BigInt>,
        plays -> BigInt, lines -> BigInt, played_ms -> BigInt, users -> BigInt, last_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    title_users (title_id, user_id) {
        title_id -> BigInt, user_id -> BigInt, plays -> BigInt, lines -> BigInt, played_ms -> BigInt, last_at -> Timestamptz,
    }
}
diesel::table! {
    play_facts (play_id) {
        play_id -> BigInt, group_id -> BigInt, server_id -> BigInt, user_id -> BigInt, library_id -> BigInt,
        title_id -> Nullable<BigInt>, started_at -> Timestamptz, stopped_at -> Timestamptz, prev_at -> Nullable<Timestamptz>,
        played_ms -> BigInt, platform_id -> BigInt, source_id -> BigInt, stream_id -> BigInt, series -> SmallInt,
        decision -> SmallInt, firsts -> SmallInt, slot -> SmallInt, snapshot_id -> BigInt,
    }
}
diesel::table! {
    rollups (dimension, period, server_id, library_id, key, series, decision) {
        dimension -> SmallInt, period -> Date, server_id -> BigInt, library_id -> BigInt, key -> BigInt, series -> SmallInt,
        decision -> SmallInt, plays -> BigInt, lines -> BigInt, played_ms -> BigInt, last_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    stream_peaks (day, decision) {
        day -> Date, decision -> SmallInt, peak -> BigInt, started_at -> Timestamptz, stopped_at -> Timestamptz,
    }
}
diesel::table! { import_sources (id) { id -> BigInt, server_id -> BigInt, origin -> Bytea, } }
diesel::table! {
    imports (id) {
        id -> BigInt, source_id -> BigInt, file_name -> Text, file_size -> BigInt, file_state -> Bytea, mode -> Text,
        recompute_groups -> Bool, state -> Text, progress -> Jsonb, report -> Nullable<Jsonb>, problem -> Text,
        replaced_from -> Nullable<BigInt>, replaced_to -> Nullable<BigInt>, started_at -> Timestamptz,
        updated_at -> Timestamptz, finished_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    import_asides (source_id, table_name, row_id, reason) {
        source_id -> BigInt, table_name -> Text, row_id -> BigInt, reason -> Text, raw -> Jsonb, import_id -> BigInt,
    }
}
diesel::table! { waiting_indexes (name) { name -> Text, table_name -> Text, definition -> Text, } }

diesel::table! { bare_plays (play_id) { play_id -> BigInt, } }
diesel::table! {
    library_holdings (library_id, day) {
        library_id -> BigInt, day -> Date, items -> BigInt, size -> BigInt, is_reckoned -> Bool,
    }
}
diesel::table! {
    recorded_cells (play_id) {
        play_id -> BigInt, cells -> Jsonb, former -> Nullable<Jsonb>, former_of -> Nullable<BigInt>,
    }
}
diesel::table! { mixed_groups (group_id) { group_id -> BigInt, } }
diesel::table! {
    recorded_plays (play_id) {
        play_id -> BigInt, started_s -> Nullable<BigInt>, stopped_s -> Nullable<BigInt>, paused_s -> Nullable<BigInt>,
        is_of_group -> Bool, named_group -> Nullable<BigInt>, has_item -> Bool, has_stream -> Bool, has_kind -> Bool,
        has_decision -> Bool, percent -> Nullable<BigInt>,
    }
}
diesel::table! { import_groups (source_id, row_id) { source_id -> BigInt, row_id -> BigInt, group_id -> BigInt, } }
diesel::table! { settings (key) { key -> Text, value -> Jsonb, updated_at -> Timestamptz, } }

diesel::joinable!(plays -> item_snapshots (snapshot_id));
diesel::joinable!(plays -> stream_details (stream_id));
diesel::joinable!(imports -> import_sources (source_id));
diesel::allow_tables_to_appear_in_same_query!(imports, import_sources);
diesel::allow_tables_to_appear_in_same_query!(jobs, servers);
diesel::joinable!(items -> item_snapshots (snapshot_id));
diesel::allow_tables_to_appear_in_same_query!(
    servers, users, libraries, items, item_snapshots, sessions, session_events, play_groups, plays, stream_details, accounts,
    web_sessions
);
