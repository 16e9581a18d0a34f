DROP TABLE stream_peaks, rollups, play_facts, title_users, titles, rollup_words, rollup_state;
