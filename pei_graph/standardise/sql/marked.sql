UPDATE working.merged
SET birth_date_quality = 'placeholder'
WHERE birth_date_quality = 'exact'
    AND birth_date IN (SELECT birth_date FROM said.placeholder_days)
