-- Plays of an item are counted without looking at the plays.
DROP INDEX plays_snapshot;
CREATE INDEX plays_snapshot ON plays (snapshot_id, id);
-- What runs at a moment began in the six hours before it, or is one of few.
CREATE INDEX play_facts_lengthy ON play_facts (started_at) WHERE stopped_at - started_at > interval '6 hours';
