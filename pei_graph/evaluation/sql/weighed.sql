-- Judged pairs and how many pairs each stands for; null where chances of being drawn are not known.
CREATE OR REPLACE TEMP TABLE weighed AS
SELECT
    record_l,
    record_r,
    stratum,
    verdict = 'same' AS same,
    size / count(*) OVER (PARTITION BY stratum)::DOUBLE AS times
FROM judged
WHERE verdict IN ('same', 'different')
