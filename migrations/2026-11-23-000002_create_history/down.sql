DROP TABLE last_stops, plays, play_groups, session_events, sessions;
ALTER TABLE items DROP CONSTRAINT items_snapshot_id_fkey;
DROP TABLE item_snapshots, items;
