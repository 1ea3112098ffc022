// id: network_members
// title: The members of families drawn in a network, and who died in them
// parameters:
//   family_ids: {says: the families asked about, given: true, each: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   family_id: the family
//   person_id: the member

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)
WHERE f.family_id IN $family_ids
  AND (NOT p.sealed OR $see_sealed)
RETURN
  f.family_id AS family_id,
  p.person_id AS person_id
ORDER BY family_id, person_id
LIMIT $most
