DROP TABLE login_attempts, api_keys, web_sessions, accounts;
