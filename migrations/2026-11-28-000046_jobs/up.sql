-- What is done again and again, and how it went the last time. When it is due next follows from that and from the settings.
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    server_id bigint REFERENCES servers ON DELETE CASCADE,
    known_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    -- Why the last run failed, and how many failed in a row.
    failure text,
    failures integer NOT NULL DEFAULT 0,
    UNIQUE NULLS NOT DISTINCT (kind, server_id)
);
