// id: family_members
// title: Who lives in a family or died in it, and their home
// parameters:
//   family_id: {says: the family asked about, given: true}
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
//   role: adult, child, unknown or died
//   since: a member since
//   until: a member until
//   records: how many records
//   sources: the systems that know the person
//   address_id: the home
//   line: the home's address
//   postcode: the home's postcode
//   uprn: the home's UPRN
//   here_since: at this home since

MATCH (f:Family)-[t:AT]->(a:Address), (f)<-[m:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND (NOT (p.sealed OR a.sealed) OR $see_sealed)
RETURN
  p.person_id AS person_id,
  p.forename AS forename,
  p.surname AS surname,
  p.birth_date AS birth_date,
  p.died AS died,
  p.said_died AS said_died,
  p.sex AS sex,
  p.adult AS adult,
  m.role AS role,
  m.from AS since,
  m.to AS until,
  p.records AS records,
  string_split(p.sources, '\n') AS sources,
  a.address_id AS address_id,
  a.line AS line,
  a.postcode AS postcode,
  a.uprn AS uprn,
  t.from AS here_since
