// id: family_possible
// title: Records that may belong to a member of a family
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the member
//   record_id: the record
//   source: the system
//   probability: how likely
//   match_key: what agrees and differs
//   other_id: the person it is with now

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
WITH DISTINCT p
MATCH (p)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE c.state = 'possible'
  AND (NOT r.sealed OR $see_sealed)
WITH DISTINCT p, r, c.probability AS probability, c.match_key AS match_key
OPTIONAL MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE d.state = 'accepted' AND (NOT o.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  r.record_id AS record_id,
  r.source AS source,
  probability AS probability,
  match_key AS match_key,
  o.person_id AS other_id
ORDER BY probability DESC, record_id
