// id: homes
// title: Where people live now, in words
// parameters:
//   person_ids: {says: the people asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   line: the home's address
//   placed: the council placed the person there; it is the home of others

UNWIND $person_ids AS id
MATCH (p:Person)
WHERE p.person_id = id
WITH p
MATCH (a:Address)
WHERE a.address_id = p.home_id
  AND (NOT (p.sealed OR a.sealed) OR $see_sealed)
RETURN
  p.person_id AS person_id,
  a.line AS line,
  p.placed AS placed
