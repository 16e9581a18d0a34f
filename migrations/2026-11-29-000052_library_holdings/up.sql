-- How much each library held on a day, as far as it was measured. What lies before the first measure is reckoned from when the items
-- that were there then had been added: what was deleted earlier is missing in it.
CREATE TABLE library_holdings (
    library_id bigint REFERENCES libraries ON DELETE CASCADE,
    day date,
    -- Movies, episodes, tracks.
    items bigint NOT NULL,
    -- Bytes of all their files.
    size bigint NOT NULL,
    is_reckoned boolean NOT NULL,
    PRIMARY KEY (library_id, day)
);
