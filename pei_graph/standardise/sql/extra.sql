-- Records of sources that delivered nothing new, and yet say something else now: their birthday
-- became a placeholder or ceased to be one, or an address that they give is another place.
INSERT INTO working.extra
WITH days AS (
    (FROM said.placeholder_days EXCEPT FROM before.said.placeholder_days)
    UNION ALL
    (FROM before.said.placeholder_days EXCEPT FROM said.placeholder_days)
),
elsewhere AS (
    SELECT DISTINCT was AS address_id
    FROM other_places
    WHERE was IS NOT NULL
),
other AS (
    SELECT record_id
    FROM records
    SEMI JOIN days ON days.birth_date = records.birth_date
    WHERE birth_date_quality IN ('exact', 'placeholder')
    UNION
    SELECT record_id
    FROM records
    SEMI JOIN elsewhere ON elsewhere.address_id = records.address_id
    UNION
    SELECT record_id
    FROM facts
    SEMI JOIN elsewhere ON elsewhere.address_id = facts.address_id
)
SELECT record_id
FROM other
ANTI JOIN working.anew ON anew.record_id = other.record_id;
-- The rows that speak of them, and of whoever shares their rows.
CREATE OR REPLACE TABLE working.extra_rows AS
SELECT DISTINCT delivery_id, row
FROM record_rows
SEMI JOIN working.extra ON extra.record_id = record_rows.record_id;
-- All that is made again.
CREATE OR REPLACE TEMP TABLE remade AS
SELECT record_id
FROM working.anew
UNION ALL
SELECT record_id
FROM working.extra;
DROP TABLE other_places
