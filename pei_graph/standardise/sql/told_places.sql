-- How often each source tells each address as said.
INSERT INTO said.told
SELECT
    o.source,
    a.number,
    count(*) AS times,
    bool_or(a.sealed) AS sealed
FROM said_residences AS a
JOIN working.delivery_order AS o ON o.number = a.place >> 44
GROUP BY o.source, a.number
