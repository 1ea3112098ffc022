-- What the last run found of everybody who was not asked of again stays where it is.
DELETE FROM findings
WHERE pack = $pack
    AND (
        NOT list_contains($few::VARCHAR[], criterion)
        OR subject IN (SELECT person_id FROM near_person)
    )
