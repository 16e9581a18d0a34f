DROP TABLE library_holdings;
