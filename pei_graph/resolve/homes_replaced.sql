-- What became of ids, of the part as of all others.
INSERT INTO identity_log
FROM part.identity_log;
CREATE OR REPLACE TABLE heirs AS
FROM part.heirs
