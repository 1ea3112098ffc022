SELECT
    pack || '/' || criterion AS criterion_id, pack, criterion, title, why, area, subject, as_of
FROM criteria
