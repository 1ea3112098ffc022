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
//   died: died by
//   said_died: died by, as some say and others contradict
//   adult: true from 18
//   sex: F or M
//   family_id: the family
//   role: adult, child, unknown or died
//   line: where they live

UNWIND $person_ids AS id
MATCH (p:Person)
WHERE p.person_id = id
  AND (NOT p.sealed OR $see_sealed)
OPTIONAL MATCH (a:Address)
WHERE a.address_id = p.home_id
  AND (NOT a.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  p.forename AS forename,
  p.surname AS surname,
  p.birth_date AS birth_date,
  p.died AS died,
  p.said_died AS said_died,
  p.adult AS adult,
  p.sex AS sex,
  p.family_id AS family_id,
  CASE
    WHEN p.family_id IS NULL THEN NULL
    WHEN p.died IS NOT NULL THEN 'died'
    WHEN p.adult THEN 'adult'
    WHEN NOT p.adult THEN 'child'
    ELSE 'unknown'
  END AS role,
  a.line AS line
ORDER BY person_id
