DROP INDEX play_facts_lengthy;
DROP INDEX plays_snapshot;
CREATE INDEX plays_snapshot ON plays (snapshot_id);
