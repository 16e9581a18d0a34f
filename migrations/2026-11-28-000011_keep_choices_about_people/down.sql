ALTER TABLE libraries DROP COLUMN do_notify, DROP COLUMN do_notify_created;
ALTER TABLE users DROP COLUMN do_notify, DROP COLUMN is_told;
