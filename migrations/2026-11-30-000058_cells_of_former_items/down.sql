UPDATE recorded_cells SET cells = cells || former WHERE former IS NOT NULL;
ALTER TABLE recorded_cells DROP COLUMN former, DROP COLUMN former_of;
UPDATE removed_plays SET imported = jsonb_set(imported, '{cells}',
    (imported -> 'cells' -> 'cells') || coalesce(nullif(imported -> 'cells' -> 'former', 'null'), '{}'))
WHERE jsonb_typeof(imported -> 'cells') = 'object';
