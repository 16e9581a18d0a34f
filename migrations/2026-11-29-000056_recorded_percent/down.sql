ALTER TABLE recorded_plays DROP COLUMN percent;
