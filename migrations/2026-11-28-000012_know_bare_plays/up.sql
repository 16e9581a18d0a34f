-- Imported plays whose item or stream was never recorded. They are few; whoever lists plays may leave them out.
CREATE TABLE bare_plays (
    play_id bigint PRIMARY KEY REFERENCES plays ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO bare_plays
    SELECT p.id FROM plays p JOIN item_snapshots s ON s.id = p.snapshot_id JOIN stream_details d ON d.id = p.stream_id
    WHERE s.title = '' AND s.guid = '' OR d.detail #> '{source,container}' IS NULL AND d.detail #> '{delivered,container}' IS NULL
        AND d.detail #> '{source,audio_codec}' IS NULL AND d.detail #> '{source,video_codec}' IS NULL;
