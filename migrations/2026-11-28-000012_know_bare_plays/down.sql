DROP TABLE bare_plays;
