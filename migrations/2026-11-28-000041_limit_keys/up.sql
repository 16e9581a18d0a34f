-- What a key may be used for, and the only libraries that it may know of where it is limited to some.
ALTER TABLE api_keys
    ADD COLUMN scope text NOT NULL DEFAULT 'full',
    ADD COLUMN library_ids bigint[];
