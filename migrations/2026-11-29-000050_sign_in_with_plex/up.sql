-- Whoever comes in by plex.tv has an account of their own; its name is theirs, and may be that of an account with a password.
ALTER TABLE accounts ADD plex_account_id bigint;
CREATE UNIQUE INDEX accounts_plex ON accounts (plex_account_id);
DROP INDEX accounts_username;
CREATE UNIQUE INDEX accounts_username ON accounts (lower(username)) WHERE plex_account_id IS NULL;

-- Whose attempt it was, where a name alone does not say it.
ALTER TABLE login_attempts ADD account_id bigint REFERENCES accounts ON DELETE SET NULL;
ALTER TABLE login_attempts ADD by_plex boolean NOT NULL DEFAULT false;

-- Codes that wait for their person at plex.tv. Of the ticket that the browser keeps there is a digest only.
CREATE TABLE plex_pins (
    digest bytea PRIMARY KEY,
    pin_id bigint NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX plex_pins_address ON plex_pins (address);
