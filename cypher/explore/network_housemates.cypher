// id: network_housemates
// title: People who lived at one address with persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true, each: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: a person asked about
//   other_id: who lives or lived there too
//   address_id: the address
//   line: the address in words

MATCH (p:Person)-[l:LIVES_AT]->(a:Address)<-[m:LIVES_AT]-(o:Person)
WHERE p.person_id IN $person_ids
  AND p.person_id <> o.person_id
  AND a.kind = 'dwelling'
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT a.sealed OR $see_sealed)
  AND (NOT o.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  o.person_id AS other_id,
  a.address_id AS address_id,
  a.line AS line
ORDER BY person_id, other_id, address_id
LIMIT $most
