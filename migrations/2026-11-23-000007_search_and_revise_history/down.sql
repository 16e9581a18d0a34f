DROP TABLE removed_plays;
DROP TABLE revision_plays;
DROP TABLE revisions;
DROP INDEX IF EXISTS item_snapshots_titles;
DROP FUNCTION snapshot_titles(text, text, text, text);
DROP TRIGGER plays_sums_in ON plays;
DROP TRIGGER plays_sums_out ON plays;
DROP TRIGGER play_groups_sums_in ON play_groups;
DROP TRIGGER play_groups_sums_out ON play_groups;
DROP FUNCTION sum_up_plays();
DROP FUNCTION sum_up_groups();
DROP TABLE history_sums;
DROP TRIGGER plays_words ON plays;
DROP FUNCTION remember_play_words();
DROP TABLE play_words;
DROP INDEX play_groups_server;
DROP INDEX play_groups_live;
DROP INDEX play_groups_kind;
DROP INDEX plays_facets;
DROP FUNCTION play_facets(bigint, bigint, bigint, text, boolean, text, text, text, text, text, text, text, smallint);
ALTER TABLE item_snapshots
    ALTER COLUMN kind SET STORAGE EXTENDED, ALTER COLUMN guid SET STORAGE EXTENDED, ALTER COLUMN rating_key SET STORAGE EXTENDED,
    ALTER COLUMN parent_rating_key SET STORAGE EXTENDED, ALTER COLUMN grandparent_rating_key SET STORAGE EXTENDED,
    ALTER COLUMN title SET STORAGE EXTENDED, ALTER COLUMN parent_title SET STORAGE EXTENDED,
    ALTER COLUMN grandparent_title SET STORAGE EXTENDED, ALTER COLUMN full_title SET STORAGE EXTENDED;
ALTER TABLE item_snapshots RESET (toast_tuple_target);
ALTER TABLE plays
    ALTER COLUMN decision SET STORAGE EXTENDED, ALTER COLUMN platform SET STORAGE EXTENDED,
    ALTER COLUMN product SET STORAGE EXTENDED, ALTER COLUMN player SET STORAGE EXTENDED,
    ALTER COLUMN machine_id SET STORAGE EXTENDED, ALTER COLUMN address SET STORAGE EXTENDED,
    ALTER COLUMN location SET STORAGE EXTENDED, ALTER COLUMN kind SET STORAGE EXTENDED;
ALTER TABLE plays RESET (toast_tuple_target);
ALTER TABLE plays ALTER COLUMN stream SET COMPRESSION default, ALTER COLUMN player_detail SET COMPRESSION default;
ALTER TABLE item_snapshots ALTER COLUMN detail SET COMPRESSION default;
