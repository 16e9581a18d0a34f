-- Whether an import said of a play if it was live, and by which decision: what says neither counts in no line of the graphs that part
-- plays by them there.
ALTER TABLE recorded_plays ADD COLUMN has_kind boolean NOT NULL DEFAULT true, ADD COLUMN has_decision boolean NOT NULL DEFAULT true;
