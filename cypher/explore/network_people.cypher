// id: network_people
// title: The persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   forename: first name
//   surname: last name
//   birth_date: born on
//   adult: true from 18
//   sex: F or M
//   family_id: the family
//   role: adult, child or unknown
//   line: where they live

MATCH (p:Person)
WHERE p.person_id IN $person_ids
  AND (NOT p.sealed OR $see_sealed)
OPTIONAL MATCH (p)-[m:MEMBER_OF]->(f:Family)
OPTIONAL MATCH (p)-[l:LIVES_AT]->(a:Address)
WHERE l.current AND (NOT a.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  p.forename AS forename,
  p.surname AS surname,
  p.birth_date AS birth_date,
  p.adult AS adult,
  p.sex AS sex,
  f.family_id AS family_id,
  m.role AS role,
  a.line AS line
ORDER BY person_id
