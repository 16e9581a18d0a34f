-- Indexes that an import has taken off while it adds most of the history. Each is made again when it ends, however it ends; the
-- next start of the service does what is left.
CREATE TABLE waiting_indexes (
    name text PRIMARY KEY,
    table_name text NOT NULL,
    definition text NOT NULL
);
