// id: family_recorded_here
// title: People whom some system still records at a family's home though they are not of the family
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   other_id: the person
//   forename: first name
//   surname: last name
//   birth_date: birth date
//   since: since when
//   sources: systems that say so
//   family_id: the family they are of now

MATCH (f:Family)-[:AT]->(a:Address)<-[l:LIVES_AT]-(o:Person)
WHERE f.family_id = $family_id
  AND NOT l.current
  AND l.to IS NULL
  AND (NOT (o.sealed OR a.sealed) OR $see_sealed)
RETURN
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  l.from AS since,
  string_split(l.sources, '\n') AS sources,
  o.family_id AS family_id
