-- By which names the records asked about are compared, where a forename is another's surname.
SELECT
    record_id,
    forename,
    surname
FROM comparables
WHERE record_id IN (SELECT unnest($records))
