// id: family_held
// title: Which systems hold a record of whom in a family, a row a record
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the member
//   source: the system

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE f.family_id = $family_id
  AND c.state = 'accepted'
  AND (NOT (p.sealed OR r.sealed) OR $see_sealed)
RETURN
  p.person_id AS person_id,
  r.source AS source
