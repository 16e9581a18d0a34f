-- Cells that an import kept of an item are told while the play is of it. A new match puts them aside, with the description that they
-- are of; they are told again when the play comes back to it, as when the match is undone.
ALTER TABLE recorded_cells ADD COLUMN former jsonb, ADD COLUMN former_of bigint,
    ADD CHECK ((former IS NULL) = (former_of IS NULL));
-- Deleted plays keep theirs as a row.
UPDATE removed_plays SET imported = jsonb_set(imported, '{cells}', jsonb_build_object('cells', imported -> 'cells'))
WHERE jsonb_typeof(imported -> 'cells') = 'object';
