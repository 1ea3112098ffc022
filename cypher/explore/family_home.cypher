// id: family_home
// title: Who is on record at a family's home, its members and others, and the home
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   forename: first name
//   surname: last name
//   birth_date: born on
//   said_died: died by, as some say and others contradict
//   adult: true from 18
//   family_id: the family they are of now
//   current: they live here, and not only on record
//   placed: the council placed them here; it is the home of others
//   since: on record here since
//   sources: systems that say so
//   known_to: the systems that know the person
//   line: the home's address
//   postcode: the home's postcode
//   uprn: the home's UPRN
//   kind: dwelling, or block where the flat is not told
//   here_since: the family at this home since

MATCH (f:Family)-[t:AT]->(a:Address)<-[l:LIVES_AT]-(o:Person)
WHERE f.family_id = $family_id
  AND (l.current OR l.to IS NULL)
  AND (NOT (o.sealed OR a.sealed) OR $see_sealed)
RETURN
  o.person_id AS person_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  o.said_died AS said_died,
  o.adult AS adult,
  o.family_id AS family_id,
  l.current AS current,
  l.placed AS placed,
  l.from AS since,
  string_split(l.sources, '\n') AS sources,
  string_split(o.sources, '\n') AS known_to,
  a.line AS line,
  a.postcode AS postcode,
  a.uprn AS uprn,
  a.kind AS kind,
  t.from AS here_since
