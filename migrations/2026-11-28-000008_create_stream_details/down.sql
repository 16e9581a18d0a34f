ALTER TABLE plays ADD COLUMN stream jsonb, ADD COLUMN stream_version smallint;
UPDATE plays p SET stream = d.detail, stream_version = d.version FROM stream_details d WHERE d.id = p.stream_id;
ALTER TABLE plays ALTER COLUMN stream SET NOT NULL, ALTER COLUMN stream_version SET NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE plays DROP COLUMN stream_id;
UPDATE removed_plays r SET content = r.content - 'stream_id' || jsonb_build_object('stream', d.detail, 'stream_version', d.version)
FROM stream_details d WHERE d.id = (r.content ->> 'stream_id')::bigint;
DROP TABLE stream_details;
