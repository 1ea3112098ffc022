-- One row for each place, shown as it is most often written.
INSERT INTO addresses BY NAME
WITH told AS (
    SELECT number, sum(times)::BIGINT AS times, bool_or(sealed) AS sealed
    FROM said.told
    SEMI JOIN listed_places USING (number)
    GROUP BY number
),
together AS (
    SELECT
        w.address_id,
        min(w.uprn) AS uprn,
        bool_or(w.communal) AS communal,
        bool_or(
            w.uprn IS NOT NULL
            OR (
                w.house IS NOT NULL
                AND coalesce(w.street, w.postcode) IS NOT NULL
                AND coalesce(w.postcode NOT LIKE 'ZZ99%', TRUE)
            )
        ) AS precise,
        bool_or(t.sealed) AS sealed,
        -- One text to compare is cheaper than a sort: a postcode first, then a house, a line that
        -- does not shout, and the line told most often.
        arg_min(
            w.number,
            concat(
                (w.postcode IS NULL)::INTEGER,
                (w.house IS NULL)::INTEGER,
                coalesce((w.given = upper(w.given))::INTEGER, 2),
                10000000000 - t.times,
                w.said
            )
        ) AS number
    FROM listed_places AS w
    JOIN told AS t ON t.number = w.number
    WHERE w.address_id IS NOT NULL
    GROUP BY w.address_id
)
SELECT
    g.address_id,
    g.uprn,
    w.postcode,
    w.house,
    w.street,
    w.given AS line,
    CASE
        WHEN g.communal THEN 'communal'
        WHEN g.precise THEN 'dwelling'
        ELSE 'partial'
    END AS kind,
    g.sealed
FROM together AS g
JOIN listed_places AS w ON w.number = g.number
