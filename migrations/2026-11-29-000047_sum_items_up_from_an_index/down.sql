DROP INDEX play_facts_snapshot;
ALTER TABLE play_facts DROP COLUMN snapshot_id;
