-- What is learnt of sources stands, as a model or a run before left it, or is still to be learnt.
CREATE TABLE IF NOT EXISTS source_dating (source VARCHAR);
CREATE TABLE IF NOT EXISTS source_staleness (source VARCHAR, share DOUBLE);
CREATE TABLE IF NOT EXISTS source_moving (moves_a_year DOUBLE);
CREATE TABLE IF NOT EXISTS source_thoroughness (source VARCHAR, nats DOUBLE);
CREATE TABLE IF NOT EXISTS source_third_adult (nats DOUBLE)
