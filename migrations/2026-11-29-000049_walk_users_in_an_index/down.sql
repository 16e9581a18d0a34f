DROP INDEX play_facts_paused_long;
CREATE INDEX play_facts_paused_long ON play_facts (prev_at) WHERE stopped_at - prev_at > interval '30 days';
DROP INDEX play_facts_resumed;
CREATE INDEX play_facts_resumed ON play_facts (stopped_at) WHERE prev_at IS NOT NULL;
DROP INDEX plays_user;
CREATE INDEX plays_user ON plays (user_id, started_at DESC, id DESC);
