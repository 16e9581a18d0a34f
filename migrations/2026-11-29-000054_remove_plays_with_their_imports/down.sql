ALTER TABLE removed_plays DROP COLUMN imported;
