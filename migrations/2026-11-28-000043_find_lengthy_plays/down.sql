DROP INDEX play_facts_lengthy;
