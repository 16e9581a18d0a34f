DROP SCHEMA staged CASCADE;
DROP TABLE import_groups, import_asides, imports, import_sources;
