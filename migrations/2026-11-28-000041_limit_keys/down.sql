-- A key that was limited would be without limits afterwards: it ends instead.
UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE scope <> 'full' OR library_ids IS NOT NULL;
ALTER TABLE api_keys DROP COLUMN scope, DROP COLUMN library_ids;
