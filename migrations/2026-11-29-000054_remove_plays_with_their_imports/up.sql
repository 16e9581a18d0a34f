-- What an import keeps beside a play goes with it when an edit removes it, and comes back with it: the row of recorded_plays, the cells of
-- recorded_cells, and whether it is one of the bare plays.
ALTER TABLE removed_plays ADD COLUMN imported jsonb NOT NULL DEFAULT '{}';
