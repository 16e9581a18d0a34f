-- What was watched to the end lately, however much else was played since.
CREATE INDEX plays_watched ON plays (started_at DESC, id DESC) WHERE watched_quarters = 4 AND kind IN ('movie', 'episode');
