-- A pair refused by its weight alone lies below the review floor; one refused by a veto does not.
SELECT record_l, record_r, round(weight * 1000)::INTEGER AS weight, reason, state
FROM links
WHERE state <> 'refused' OR veto IS NOT NULL
