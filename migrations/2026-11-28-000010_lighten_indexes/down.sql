DROP INDEX play_facts_paused_long, play_facts_resumed;
CREATE INDEX play_facts_resumed ON play_facts USING gist (tstzrange(prev_at, stopped_at, '(]')) WHERE prev_at IS NOT NULL;
DROP INDEX plays_facets;
DROP FUNCTION play_facets(bigint, bigint, bigint, text, boolean, text, text, text, text, text, text, text, smallint);
DROP FUNCTION play_terms(text[]);
CREATE FUNCTION play_facets(server_id bigint, user_id bigint, library_id bigint, kind text, live boolean, decision text,
    platform text, product text, player text, machine_id text, address text, location text, watched smallint)
    RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY[
        's' || server_id::text, 'u' || user_id::text, 'l' || coalesce(library_id::text, ''),
        'k' || CASE WHEN live THEN '!' ELSE kind END, 'd' || decision, 'f' || left(platform, 200), 'p' || left(product, 200),
        'n' || left(player, 200), 'm' || left(machine_id, 200), 'a' || left(address, 200), 'o' || location,
        'q' || watched::text];
CREATE INDEX plays_facets ON plays USING gin (play_facets(server_id, user_id, library_id, kind, live, decision, platform,
    product, player, machine_id, address, location, watched_quarters))
    WITH (gin_pending_list_limit = 512);
