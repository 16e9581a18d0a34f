-- The groups of the plays that are there, as the journal would have summed them up.
INSERT INTO play_groups (id, server_id, user_id, library_id, item_id, kind, live, date, started_at, stopped_at, played_ms,
    paused_ms, percent_complete, watched_quarters, play_count, newest_play_id, furthest_play_id)
SELECT group_id, min(server_id), min(user_id), min(library_id), min(item_id), min(kind), false, max(started_at),
    min(started_at), max(stopped_at), sum(played_ms)::bigint, sum(paused_ms)::bigint, max(percent_complete),
    max(watched_quarters), count(*), max(id), max(id)
FROM plays WHERE id BETWEEN $1::bigint AND $2::bigint GROUP BY group_id
