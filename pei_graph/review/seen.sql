-- What each record says, as one digest: as the source delivered it, and the identifiers it carries.
-- Where the record stands in a delivery is left out, so that a delivery again changes nothing. Each
-- table is narrowed first: of its own accord DuckDB joins all records to all members before.
WITH asked AS (
    SELECT DISTINCT unnest($records) AS record_id
),
carried AS (
    SELECT i.record_id, list(i.scheme || ':' || i.value ORDER BY i.scheme, i.value) AS identifiers
    FROM identifiers i
    SEMI JOIN asked USING (record_id)
    GROUP BY i.record_id
),
held AS MATERIALIZED (
    SELECT m.record_id, m.person_id
    FROM members m
    SEMI JOIN asked USING (record_id)
    WHERE m.state = 'accepted'
),
spoken AS MATERIALIZED (
    SELECT r.*
    FROM records r
    SEMI JOIN asked USING (record_id)
)
SELECT
    r.record_id,
    m.person_id,
    sha256({
        'role': r.role,
        'forename': r.forename_given,
        'surname': r.surname_given,
        'birth_date': r.birth_date_given,
        'address': r.address_given,
        'forenames': r.forenames,
        'surnames': r.surnames,
        'sex': r.sex,
        'uprn': r.uprn,
        'postcode': r.postcode,
        'identifiers': c.identifiers
    }::VARCHAR) AS digest
FROM spoken r
JOIN held m ON m.record_id = r.record_id
LEFT JOIN carried c ON c.record_id = r.record_id
