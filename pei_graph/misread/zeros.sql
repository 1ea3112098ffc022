-- How many people of a list have a key that is another list's but for the zeros before its numbers,
-- with those other lists and the digits that the longest such number has with its zeros. Where both
-- are described, and mostly as different people, zeros tell people apart and nothing is found.
WITH zeroed AS (
    SELECT
        record_id,
        source,
        string_split(source_key, '/') AS parts,
        forename,
        birth_date
    FROM records
    WHERE starts_with(source_key, '0')
        OR contains(source_key, '/0')
),
bare AS (
    SELECT
        *,
        list_filter(parts, lambda part: regexp_full_match(part, '0[0-9]+')) AS numbers,
        array_to_string(
            list_transform(
                parts,
                lambda part: regexp_replace(part, '^0+([0-9]+)$', '\1')
            ),
            '/'
        ) AS source_key
    FROM zeroed
),
pair AS (
    SELECT
        r.record_id,
        b.record_id AS zeroed_id,
        b.source,
        list_max(list_transform(b.numbers, lambda number: length(number))) AS digits,
        coalesce(r.forename <> b.forename OR r.birth_date <> b.birth_date, FALSE) AS others
    FROM bare AS b
    JOIN records AS r ON r.source = b.source AND r.source_key = b.source_key
    WHERE len(b.numbers) > 0
),
alike AS (
    SELECT source
    FROM pair
    GROUP BY source
    HAVING count(*) FILTER (others) * 2 < count(*)
),
told AS (
    SELECT DISTINCT record_id, delivery_id
    FROM record_rows
    SEMI JOIN (
        SELECT record_id FROM pair
        UNION
        SELECT zeroed_id FROM pair
    ) AS paired USING (record_id)
),
listed AS (
    SELECT DISTINCT told.record_id, d.list
    FROM told
    JOIN deliveries AS d USING (delivery_id)
)
SELECT
    p.source,
    lost.list,
    count(DISTINCT p.record_id) AS people,
    coalesce(
        list_sort(list(DISTINCT kept.list) FILTER (kept.list <> lost.list)),
        [lost.list]
    ) AS others,
    max(p.digits) AS digits
FROM pair AS p
SEMI JOIN alike ON alike.source = p.source
JOIN listed AS lost ON lost.record_id = p.record_id
JOIN listed AS kept ON kept.record_id = p.zeroed_id
WHERE NOT p.others
GROUP BY p.source, lost.list
ORDER BY p.source, lost.list
