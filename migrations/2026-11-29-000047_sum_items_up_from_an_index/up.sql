-- What was played, as it was known then. It lies in the facts so that what an item was watched is summed up from one index alone.
ALTER TABLE play_facts ADD COLUMN snapshot_id bigint NOT NULL DEFAULT 0;
ALTER TABLE play_facts ALTER COLUMN snapshot_id DROP DEFAULT;
UPDATE rollup_state SET stale = EXISTS (SELECT FROM play_facts);

CREATE INDEX play_facts_snapshot ON play_facts (snapshot_id) INCLUDE (started_at, stopped_at, prev_at, played_ms, user_id, library_id,
    server_id);
