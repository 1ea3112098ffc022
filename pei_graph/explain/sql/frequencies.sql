-- How common values are among the records that have them.
SELECT
    field,
    value,
    share
FROM frequencies
WHERE value IN (SELECT unnest($values))
