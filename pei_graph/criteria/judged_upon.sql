-- What families are judged upon beside their findings, kept for the next run: which areas a source could
-- tell of, a bit an area, and what parents elsewhere contribute.
CREATE OR REPLACE TABLE able_source (pack VARCHAR, source VARCHAR, areas BIGINT);
CREATE OR REPLACE TABLE contributed (
    pack VARCHAR,
    family_id VARCHAR,
    area VARCHAR,
    criterion VARCHAR,
    title VARCHAR
)
