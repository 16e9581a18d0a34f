-- A user's plays lie far apart: what most filters ask of them is read from their index instead.
DROP INDEX plays_user;
CREATE INDEX plays_user ON plays (user_id, started_at DESC, id DESC) INCLUDE (group_id, server_id, library_id, kind, live, decision);

-- Which groups had begun before a window is read from indexes too.
DROP INDEX play_facts_resumed;
CREATE INDEX play_facts_resumed ON play_facts (stopped_at) INCLUDE (prev_at, group_id) WHERE prev_at IS NOT NULL;

DROP INDEX play_facts_paused_long;
CREATE INDEX play_facts_paused_long ON play_facts (prev_at) INCLUDE (stopped_at, group_id)
    WHERE stopped_at - prev_at > interval '30 days';
