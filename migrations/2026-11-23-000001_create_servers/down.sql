DROP TABLE libraries, users, collectors, servers;
