// id: person_links
// title: Scored pairs among the records of a person
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   record_l: one record
//   record_r: the other
//   weight: in bits
//   probability: how likely
//   reason: identifier or model
//   state: accepted, possible or refused

MATCH (l:Record)-[s:SAME_AS]->(r:Record), (l)-[c:CANDIDATE_FOR]->(p:Person), (r)-[d:CANDIDATE_FOR]->(p)
WHERE p.person_id = $person_id
  AND l.record_id <> r.record_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT l.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH l, r, s
MATCH (l)-[a:CANDIDATE_FOR]->(one:Person), (r)-[b:CANDIDATE_FOR]->(other:Person)
WHERE a.state = 'accepted'
  AND b.state = 'accepted'
  AND (NOT (one.sealed OR other.sealed) OR $see_sealed)
RETURN
  l.record_id AS record_l,
  r.record_id AS record_r,
  s.weight / 1000.0 AS weight,
  1.0 / (1.0 + 2.0 ^ (-s.weight / 1000.0)) AS probability,
  s.reason AS reason,
  s.state AS state
ORDER BY weight DESC, record_l, record_r
