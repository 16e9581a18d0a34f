-- Whatever waits is made now, for nobody would do it later.
DO $$
DECLARE waiting record;
BEGIN
    FOR waiting IN SELECT definition FROM waiting_indexes LOOP
        EXECUTE waiting.definition;
    END LOOP;
END $$;
DROP TABLE waiting_indexes;
