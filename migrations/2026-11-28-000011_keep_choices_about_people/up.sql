-- Choices about notifications, which programs read and write though nothing else asks for them.
ALTER TABLE users
    ADD COLUMN do_notify boolean NOT NULL DEFAULT true,
    -- Whether plex.tv has ever told of the account: what it alone knows is unknown otherwise.
    ADD COLUMN is_told boolean NOT NULL DEFAULT true;
UPDATE users SET is_told = false WHERE account_id <= 0;

ALTER TABLE libraries
    ADD COLUMN do_notify boolean NOT NULL DEFAULT true,
    ADD COLUMN do_notify_created boolean NOT NULL DEFAULT true;
