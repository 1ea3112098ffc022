-- Most records stand in their source's newest delivery: Source tells its date, once for all of them.
WITH identified AS (
    SELECT
        record_id,
        -- To put the lines in order inside the aggregate takes twice as long.
        array_to_string(list_sort(list(scheme || ':' || value)), chr(10)) AS identifiers
    FROM identifiers
    GROUP BY record_id
),
newest AS (
    SELECT source, max(delivered_on) AS day
    FROM deliveries
    WHERE status = 'loaded'
    GROUP BY source
)
SELECT
    r.record_id, r.source, r.role,
    r.forename_given, r.surname_given, r.birth_date_given, r.address_given,
    r.forename, r.middle_names, r.surname, r.birth_date, r.birth_date_quality, r.sex,
    r.postcode, r.uprn, i.identifiers, r.case_family,
    CASE WHEN r.last_seen IS DISTINCT FROM n.day THEN r.delivery_id END AS delivery_id,
    r.first_seen, nullif(r.last_seen, n.day) AS last_seen, r.in_latest, r.sealed
FROM records r
LEFT JOIN identified i USING (record_id)
LEFT JOIN newest n ON n.source = r.source
