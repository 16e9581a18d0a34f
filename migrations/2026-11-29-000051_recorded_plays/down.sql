DROP TABLE recorded_plays;
