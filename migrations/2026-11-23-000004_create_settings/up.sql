-- Settings that differ from their default, by key. Values are checked by the registry, not here.
CREATE TABLE settings (
    key text PRIMARY KEY,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);
