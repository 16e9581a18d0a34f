ALTER TABLE play_facts RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold);
DROP INDEX play_facts_started;
CREATE INDEX play_facts_started ON play_facts (started_at);
ALTER TABLE play_facts DROP COLUMN slot;
