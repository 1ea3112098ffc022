-- What a run knows beside its records, so that the next one need not read everything again.
CREATE SCHEMA IF NOT EXISTS said;
CREATE OR REPLACE TABLE said.birth_days (source VARCHAR, birth_date DATE, records BIGINT);
CREATE OR REPLACE TABLE said.told (source VARCHAR, number BIGINT, times BIGINT, sealed BOOLEAN)
