ALTER TABLE plays RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold);
DROP INDEX plays_snapshot;
CREATE INDEX plays_snapshot ON plays (snapshot_id, id);
