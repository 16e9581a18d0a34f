-- The lines of an item are put in order without looking at its plays.
DROP INDEX plays_snapshot;
CREATE INDEX plays_snapshot ON plays (snapshot_id, id) INCLUDE (group_id, started_at, played_ms, user_id, server_id);
-- That needs pages that are known to be seen by everybody, the newest of all.
ALTER TABLE plays SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 1000);
