ALTER TABLE recorded_plays DROP COLUMN has_kind, DROP COLUMN has_decision;
