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

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[d:CANDIDATE_FOR]->(o:Person)
WHERE f.family_id = $family_id
WITH DISTINCT
  p.person_id AS person,
  r.record_id AS record,
  r.source AS system,
  c.state AS state,
  c.probability AS likely,
  c.match_key AS agrees,
  d.state AS other_state,
  o.person_id AS other,
  o.sealed AS other_hidden,
  p.sealed OR r.sealed AS hidden
WHERE state = 'possible'
  AND other_state = 'accepted'
  AND (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  record AS record_id,
  system AS source,
  likely / 1000000.0 AS probability,
  agrees AS match_key,
  CASE WHEN NOT other_hidden OR $see_sealed THEN other END AS other_id
ORDER BY probability DESC, record_id, person_id
