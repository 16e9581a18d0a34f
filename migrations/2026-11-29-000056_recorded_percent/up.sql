-- How far a play got in per cent as an import recorded it, where that is beyond the end, or of an item without a length, of which a
-- millisecond is all: there such a play speaks for its line. Null where it is what it is here.
ALTER TABLE recorded_plays ADD COLUMN percent bigint;
