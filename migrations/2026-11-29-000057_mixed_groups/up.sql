-- Groups of an import that did not go on as they began: with another player, decision or resolution, or of somebody else. Whoever counts as
-- it was recorded has all their time where they began; here it is where each part was played. A number is kept when its group has gone:
-- an undone edit brings the group back, and a mark of nothing changes nothing.
CREATE TABLE mixed_groups (group_id bigint PRIMARY KEY);

INSERT INTO mixed_groups
SELECT p.group_id FROM plays p JOIN play_groups g ON g.id = p.group_id AND g.play_count > 1 JOIN stream_details v ON v.id = p.stream_id
WHERE p.server_id IN (SELECT server_id FROM import_sources)
GROUP BY 1
HAVING count(DISTINCT (p.platform, p.decision, p.kind, p.live, p.user_id, p.library_id, v.source_resolution, v.resolution)) > 1;
