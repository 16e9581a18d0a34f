-- What an imported database says of plays that could not be taken as they were: when, in which group, with which companions. Whoever
-- counts as the program counted that wrote it (the legacy API) counts these; everybody else counts what they were repaired to.
CREATE TABLE recorded_plays (
    play_id bigint PRIMARY KEY REFERENCES plays ON DELETE CASCADE ON UPDATE CASCADE,
    -- Seconds.
    started_s bigint,
    stopped_s bigint,
    paused_s bigint,
    -- Where the group is not the one that it has here: the row that it names, which never was; null: it names none.
    is_of_group boolean NOT NULL,
    named_group bigint,
    has_item boolean NOT NULL,
    has_stream boolean NOT NULL
);
