-- Plays $1 to $2 of $3: ten years, more in the evening, few things often and most things rarely; every seventh goes on where
-- the one before it stopped. Draws depend on the number of the play alone.
INSERT INTO plays (id, session_id, group_id, server_id, user_id, library_id, item_id, snapshot_id, kind, live,
    started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters,
    decision, platform, product, player, machine_id, address, location, initial, player_detail, stream_id)
SELECT i, gen_random_uuid(), CASE WHEN resumed THEN i - 1 ELSE i END, 1, u.id, it.library_id, it.item_id, it.snapshot_id,
    it.kind, false, t.started_at, t.started_at + t.played + interval '20 seconds',
    (extract(epoch FROM t.played) * 1000)::bigint, 20000,
    (it.duration_ms * percent / 100)::bigint, percent, CASE WHEN percent >= 85 THEN 4 ELSE percent / 22 END,
    sh.decision, sh.platform, sh.product, sh.player, sh.machine_id, sh.address, sh.location, true,
    sh.player_detail, sh.stream_id
FROM generate_series($1::bigint, $2::bigint) i
CROSS JOIN LATERAL (SELECT i % 7 = 0 AS resumed, CASE WHEN i % 7 = 0 THEN i - 1 ELSE i END AS b) r
CROSS JOIN LATERAL (SELECT pg_temp.draw(b, 1) AS d_kind, pg_temp.draw(b, 2) AS d_item, pg_temp.draw(b, 3) AS d_part, pg_temp.draw(b, 4) AS d_user,
    pg_temp.draw(b, 5) AS d_hour, pg_temp.draw(b, 6) AS d_second, pg_temp.draw(b, 7) AS d_length, pg_temp.draw(b, 8) AS d_shape) d
CROSS JOIN LATERAL (SELECT
    CASE WHEN d_kind < 0.2 THEN 'movie' WHEN d_kind < 0.85 THEN 'episode' ELSE 'track' END AS kind) k
JOIN bench_items it ON it.kind = k.kind AND it.number = CASE k.kind
    WHEN 'movie' THEN floor(power(3000, d_item))::bigint - 1
    WHEN 'episode' THEN (floor(power(400, d_item))::bigint - 1) * 60 + floor(60 * d_part)::bigint
    ELSE (floor(power(300, d_item))::bigint - 1) * 20 + floor(20 * d_part)::bigint END
JOIN bench_users u ON u.number = floor(power(200, d_user))::bigint - 1
JOIN bench_shapes sh ON sh.number = (u.number * 3 + floor(3 * d_shape)::bigint) % 60
CROSS JOIN LATERAL (SELECT CASE
    WHEN b % 7 = 6 THEN 30 + floor(20 * d_length)::int
    WHEN d_length < 0.7 THEN 95 + floor(6 * pg_temp.draw(b, 9))::int
    ELSE 5 + floor(85 * pg_temp.draw(b, 9))::int END AS first) f
CROSS JOIN LATERAL (SELECT least(100, CASE WHEN resumed THEN 97 ELSE first END)::smallint AS percent,
    CASE WHEN resumed THEN 97 - first ELSE first END AS watched) w
CROSS JOIN LATERAL (SELECT
    $4::text::timestamptz + make_interval(
        days => (b * 3650 / $3::bigint)::int,
        secs => d_second * 3600 + 3600 * CASE
            WHEN d_hour < 0.6 THEN 18 + floor(d_hour / 0.12)
            WHEN d_hour < 0.9 THEN 8 + floor((d_hour - 0.6) / 0.03)
            ELSE (23 + floor((d_hour - 0.9) / 0.0125))::int % 24 END
            + CASE WHEN resumed THEN 10800 ELSE 0 END) AS started_at,
    make_interval(secs => (it.duration_ms * watched / 100000)::double precision) AS played) t
