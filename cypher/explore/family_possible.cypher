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

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE f.family_id = $family_id
  AND c.state = 'possible'
  AND (NOT (p.sealed OR r.sealed) OR $see_sealed)
WITH p, c, r
MATCH (o:Person)
WHERE o.person_id = c.now_with
  AND (NOT o.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  r.record_id AS record_id,
  r.source AS source,
  c.probability / 1000000.0 AS probability,
  c.match_key AS match_key,
  o.person_id AS other_id
