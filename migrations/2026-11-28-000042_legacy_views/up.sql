-- The tables that queries of old clients are written for, as views: plays of the default server, users and libraries without
-- their secrets. Numbers of seconds where those tables have them, 0 and 1 for no and yes.
CREATE SCHEMA legacy;
CREATE FUNCTION legacy.seconds(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT floor(extract(epoch FROM moment))::bigint';
-- A key that is a number; keys of other sources are none.
CREATE FUNCTION legacy.whole(key text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN key ~ '^[0-9]{1,18}$' THEN key::bigint END $$;
CREATE FUNCTION legacy.listed(words jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT string_agg(word, ';' ORDER BY place) FROM jsonb_array_elements_text(words) WITH ORDINALITY AS w (word, place) $$;
CREATE VIEW legacy.session_history AS SELECT
    p.id, p.group_id AS reference_id, legacy.seconds(p.started_at) AS started,
    legacy.seconds(p.stopped_at) AS stopped, legacy.whole(s.rating_key) AS rating_key,
    CASE WHEN u.account_id >= 0 THEN u.account_id END AS user_id, u.username AS "user", p.address AS ip_address,
    round(p.paused_ms / 1000.0)::bigint AS paused_counter, p.player, p.product,
    p.player_detail #>> '{version}' AS product_version, p.platform,
    p.player_detail #>> '{platform_version}' AS platform_version, p.player_detail #>> '{profile}' AS profile,
    p.machine_id, (p.player_detail #>> '{bandwidth}')::bigint AS bandwidth, p.location,
    (p.player_detail ->> 'secure')::boolean::int AS secure,
    coalesce((p.player_detail #>> '{relayed}')::boolean, false)::int AS relayed,
    legacy.whole(s.parent_rating_key) AS parent_rating_key,
    legacy.whole(s.grandparent_rating_key) AS grandparent_rating_key, p.kind AS media_type, s.section_id,
    p.view_offset_ms AS view_offset
FROM public.plays p JOIN public.item_snapshots s ON s.id = p.snapshot_id
    JOIN public.users u ON u.id = p.user_id
    JOIN public.servers v ON v.id = p.server_id AND v.is_default;
CREATE VIEW legacy.session_history_metadata AS SELECT
    p.id, legacy.whole(s.rating_key) AS rating_key, legacy.whole(s.parent_rating_key) AS parent_rating_key,
    legacy.whole(s.grandparent_rating_key) AS grandparent_rating_key, s.title, s.parent_title, s.grandparent_title,
    s.detail #>> '{original_title}' AS original_title, s.full_title, (s.detail #>> '{index}')::bigint AS media_index,
    (s.detail #>> '{parent_index}')::bigint AS parent_media_index, s.detail #>> '{thumb}' AS thumb,
    s.detail #>> '{parent_thumb}' AS parent_thumb, s.detail #>> '{grandparent_thumb}' AS grandparent_thumb,
    s.detail #>> '{art}' AS art, s.kind AS media_type, s.year,
    s.detail #>> '{originally_available_at}' AS originally_available_at,
    (s.detail #>> '{added_at}')::bigint AS added_at, (s.detail #>> '{updated_at}')::bigint AS updated_at,
    (s.detail #>> '{last_viewed_at}')::bigint AS last_viewed_at, s.detail #>> '{content_rating}' AS content_rating,
    s.detail #>> '{summary}' AS summary, s.detail #>> '{tagline}' AS tagline, s.detail #>> '{rating}' AS rating,
    (s.detail #>> '{duration_ms}')::bigint AS duration, s.guid, legacy.listed(s.detail -> 'directors') AS directors,
    legacy.listed(s.detail -> 'writers') AS writers, legacy.listed(s.detail -> 'actors') AS actors,
    legacy.listed(s.detail -> 'genres') AS genres, s.detail #>> '{studio}' AS studio,
    legacy.listed(s.detail -> 'labels') AS labels, p.live::int AS live,
    s.detail #>> '{airing,channel_call_sign}' AS channel_call_sign, s.detail #>> '{airing,channel_id}' AS channel_id,
    s.detail #>> '{airing,channel_identifier}' AS channel_identifier,
    s.detail #>> '{airing,channel_title}' AS channel_title, s.detail #>> '{airing,channel_thumb}' AS channel_thumb,
    s.detail #>> '{airing,channel_vcn}' AS channel_vcn
FROM public.plays p JOIN public.item_snapshots s ON s.id = p.snapshot_id
    JOIN public.servers v ON v.id = p.server_id AND v.is_default
WHERE NOT EXISTS (SELECT FROM public.bare_plays b WHERE b.play_id = p.id);
CREATE VIEW legacy.session_history_media_info AS SELECT
    p.id, legacy.whole(s.rating_key) AS rating_key,
    replace(coalesce(d.detail #>> '{transcode,video_decision}', d.detail #>> '{delivered,video,decision}', 'direct_play'), '_', ' ') AS video_decision,
    replace(coalesce(d.detail #>> '{transcode,audio_decision}', d.detail #>> '{delivered,audio,decision}', 'direct_play'), '_', ' ') AS audio_decision,
    p.decision AS transcode_decision, (s.detail #>> '{duration_ms}')::bigint AS duration,
    d.detail #>> '{source,container}' AS container, (d.detail #>> '{source,bitrate}')::bigint AS bitrate,
    (d.detail #>> '{source,width}')::bigint AS width, (d.detail #>> '{source,height}')::bigint AS height,
    (d.detail #>> '{source,video,bitrate}')::bigint AS video_bitrate,
    (d.detail #>> '{source,video,bit_depth}')::bigint AS video_bit_depth,
    d.detail #>> '{source,video_codec}' AS video_codec,
    d.detail #>> '{source,video,codec_level}' AS video_codec_level,
    (d.detail #>> '{source,video,width}')::bigint AS video_width,
    (d.detail #>> '{source,video,height}')::bigint AS video_height,
    d.detail #>> '{source,video_resolution}' AS video_resolution,
    d.detail #>> '{source,video_framerate}' AS video_framerate,
    d.detail #>> '{source,video,scan_type}' AS video_scan_type,
    d.detail #>> '{source,full_resolution}' AS video_full_resolution,
    d.detail #>> '{source,video,dynamic_range}' AS video_dynamic_range,
    d.detail #>> '{source,aspect_ratio}' AS aspect_ratio,
    (d.detail #>> '{source,audio,bitrate}')::bigint AS audio_bitrate,
    d.detail #>> '{source,audio_codec}' AS audio_codec,
    (d.detail #>> '{source,audio_channels}')::bigint AS audio_channels,
    d.detail #>> '{source,audio,language}' AS audio_language,
    d.detail #>> '{source,audio,language_code}' AS audio_language_code,
    (d.detail #> '{delivered,subtitle}' IS NOT NULL)::int AS subtitles,
    d.detail #>> '{source,subtitle,codec}' AS subtitle_codec,
    coalesce((d.detail #>> '{source,subtitle,forced}')::boolean, false)::int AS subtitle_forced,
    d.detail #>> '{source,subtitle,language}' AS subtitle_language,
    d.detail #>> '{transcode,protocol}' AS transcode_protocol,
    d.detail #>> '{transcode,container}' AS transcode_container,
    d.detail #>> '{transcode,video_codec}' AS transcode_video_codec,
    d.detail #>> '{transcode,audio_codec}' AS transcode_audio_codec,
    (d.detail #>> '{transcode,audio_channels}')::bigint AS transcode_audio_channels,
    (d.detail #>> '{transcode,width}')::bigint AS transcode_width,
    (d.detail #>> '{transcode,height}')::bigint AS transcode_height,
    coalesce((d.detail #>> '{transcode,hw_requested}')::boolean, false)::int AS transcode_hw_requested,
    coalesce((d.detail #>> '{transcode,hw_full_pipeline}')::boolean, false)::int AS transcode_hw_full_pipeline,
    d.detail #>> '{transcode,hw_decode}' AS transcode_hw_decode,
    d.detail #>> '{transcode,hw_decode_title}' AS transcode_hw_decode_title,
    d.detail #>> '{transcode,hw_encode}' AS transcode_hw_encode,
    d.detail #>> '{transcode,hw_encode_title}' AS transcode_hw_encode_title,
    d.detail #>> '{delivered,container}' AS stream_container,
    replace(coalesce(d.detail #>> '{delivered,decision}', 'direct_play'), '_', ' ') AS stream_container_decision,
    (d.detail #>> '{delivered,bitrate}')::bigint AS stream_bitrate,
    replace(d.detail #>> '{delivered,video,decision}', '_', ' ') AS stream_video_decision,
    (d.detail #>> '{delivered,video,bitrate}')::bigint AS stream_video_bitrate,
    d.detail #>> '{delivered,video_codec}' AS stream_video_codec,
    d.detail #>> '{delivered,video,codec_level}' AS stream_video_codec_level,
    (d.detail #>> '{delivered,video,bit_depth}')::bigint AS stream_video_bit_depth,
    (d.detail #>> '{delivered,height}')::bigint AS stream_video_height,
    (d.detail #>> '{delivered,width}')::bigint AS stream_video_width,
    d.detail #>> '{delivered,video_resolution}' AS stream_video_resolution,
    d.detail #>> '{delivered,video_framerate}' AS stream_video_framerate,
    d.detail #>> '{delivered,video,scan_type}' AS stream_video_scan_type,
    d.detail #>> '{delivered,full_resolution}' AS stream_video_full_resolution,
    d.detail #>> '{delivered,video,dynamic_range}' AS stream_video_dynamic_range,
    replace(d.detail #>> '{delivered,audio,decision}', '_', ' ') AS stream_audio_decision,
    d.detail #>> '{delivered,audio_codec}' AS stream_audio_codec,
    (d.detail #>> '{delivered,audio,bitrate}')::bigint AS stream_audio_bitrate,
    (d.detail #>> '{delivered,audio_channels}')::bigint AS stream_audio_channels,
    d.detail #>> '{delivered,audio,language}' AS stream_audio_language,
    d.detail #>> '{delivered,audio,language_code}' AS stream_audio_language_code,
    replace(d.detail #>> '{delivered,subtitle,decision}', '_', ' ') AS stream_subtitle_decision,
    d.detail #>> '{delivered,subtitle,codec}' AS stream_subtitle_codec,
    d.detail #>> '{delivered,subtitle,container}' AS stream_subtitle_container,
    coalesce((d.detail #>> '{delivered,subtitle,forced}')::boolean, false)::int AS stream_subtitle_forced,
    d.detail #>> '{delivered,subtitle,language}' AS stream_subtitle_language,
    coalesce((d.detail #>> '{source,synced}')::boolean, false)::int AS synced_version,
    d.detail #>> '{synced_profile}' AS synced_version_profile,
    coalesce((d.detail #>> '{source,optimized}')::boolean, false)::int AS optimized_version,
    d.detail #>> '{optimized_profile}' AS optimized_version_profile,
    d.detail #>> '{source,optimized_title}' AS optimized_version_title
FROM public.plays p JOIN public.item_snapshots s ON s.id = p.snapshot_id
    JOIN public.stream_details d ON d.id = p.stream_id
    JOIN public.servers v ON v.id = p.server_id AND v.is_default
WHERE NOT EXISTS (SELECT FROM public.bare_plays b WHERE b.play_id = p.id);
CREATE VIEW legacy.users AS SELECT
    u.id, CASE WHEN u.account_id >= 0 THEN u.account_id END AS user_id, u.username,
    coalesce(nullif(u.custom_name, ''), nullif(u.title, ''), u.username) AS friendly_name, u.thumb,
    u.custom_thumb AS custom_avatar_url, u.title, u.email, u.is_active::int AS is_active,
    u.is_admin::int AS is_admin, u.is_home_user::int AS is_home_user, u.is_allow_sync::int AS is_allow_sync,
    u.is_restricted::int AS is_restricted, u.do_notify::int AS do_notify, u.keep_history::int AS keep_history,
    u.deleted::int AS deleted_user, u.allow_guest::int AS allow_guest,
    array_to_string(u.shared_sections, ';') AS shared_libraries, u.share_filters ->> 'all' AS filter_all,
    u.share_filters ->> 'movies' AS filter_movies, u.share_filters ->> 'tv' AS filter_tv,
    u.share_filters ->> 'music' AS filter_music, u.share_filters ->> 'photos' AS filter_photos
FROM public.users u JOIN public.servers v ON v.id = u.server_id AND v.is_default;
CREATE VIEW legacy.library_sections AS SELECT
    l.id, v.machine_id AS server_id, l.section_id, l.name AS section_name, l.kind AS section_type, l.agent, l.thumb,
    l.custom_thumb AS custom_thumb_url, l.art, l.custom_art AS custom_art_url, l.item_count AS count, l.parent_count,
    l.child_count, l.is_active::int AS is_active, l.do_notify::int AS do_notify,
    l.do_notify_created::int AS do_notify_created, l.keep_history::int AS keep_history,
    l.deleted::int AS deleted_section
FROM public.libraries l JOIN public.servers v ON v.id = l.server_id AND v.is_default;
