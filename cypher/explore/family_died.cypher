// id: family_died
// title: Who died while they lived in a family
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   forename: first name
//   surname: last name
//   birth_date: born on
//   died: died by
//   adult: true from 18
//   known_to: the systems that know the person

MATCH (f:Family)<-[m:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND m.role = 'died'
  AND (NOT m.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  p.forename AS forename,
  p.surname AS surname,
  p.birth_date AS birth_date,
  p.died AS died,
  p.adult AS adult,
  string_split(p.sources, '\n') AS known_to
