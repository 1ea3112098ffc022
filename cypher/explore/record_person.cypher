// id: record_person
// title: The persons a record belongs to or may belong to
// parameters:
//   record_id: {says: the record asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   state: accepted or possible
//   probability: how likely
//   family_id: the person's family

MATCH (r:Record)-[c:CANDIDATE_FOR]->(p:Person)
WHERE r.record_id = $record_id
  AND (NOT r.sealed OR $see_sealed)
  AND (NOT p.sealed OR $see_sealed)
WITH r, c, p
MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE d.state = 'accepted'
  AND (NOT o.sealed OR $see_sealed)
WITH c, p
OPTIONAL MATCH (p)-[:MEMBER_OF]->(f:Family)
RETURN
  p.person_id AS person_id,
  c.state AS state,
  c.probability / 1000000.0 AS probability,
  f.family_id AS family_id
ORDER BY state, person_id
