DROP INDEX plays_watched;
