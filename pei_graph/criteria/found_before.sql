SELECT f.subject, f.state, f.since, f.value, f.evidence, f.criterion
FROM before.findings f
ANTI JOIN near_person n ON n.person_id = f.subject
WHERE f.pack = $pack AND list_contains($own, f.criterion)
