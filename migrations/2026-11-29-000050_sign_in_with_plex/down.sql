DROP TABLE plex_pins;
ALTER TABLE login_attempts DROP by_plex;
ALTER TABLE login_attempts DROP account_id;
DELETE FROM accounts WHERE plex_account_id IS NOT NULL;
DROP INDEX accounts_username;
CREATE UNIQUE INDEX accounts_username ON accounts (lower(username));
DROP INDEX accounts_plex;
ALTER TABLE accounts DROP plex_account_id;
