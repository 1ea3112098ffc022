// id: person
// title: A person, and the family and home they live in now
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   forename: first name
//   surname: last name
//   birth_date: born on
//   died: died by
//   said_died: died by, as some say and others contradict
//   sex: F or M
//   adult: true from 18
//   records: how many records
//   sources: the systems that know the person
//   family_id: the family, of who has died that at the last home
//   role: adult, child, unknown or died
//   address_id: the home
//   line: the home's address
//   postcode: the home's postcode
//   kind: dwelling, communal, block or partial
//   placed: the council placed the person there; it is the home of others

MATCH (p:Person)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
OPTIONAL MATCH (p)-[m:MEMBER_OF]->(f:Family)
OPTIONAL MATCH (p)-[l:LIVES_AT]->(a:Address)
WHERE l.current AND (NOT a.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  p.forename AS forename,
  p.surname AS surname,
  p.birth_date AS birth_date,
  p.died AS died,
  p.said_died AS said_died,
  p.sex AS sex,
  p.adult AS adult,
  p.records AS records,
  string_split(p.sources, '\n') AS sources,
  f.family_id AS family_id,
  m.role AS role,
  a.address_id AS address_id,
  a.line AS line,
  a.postcode AS postcode,
  a.kind AS kind,
  l.placed AS placed
