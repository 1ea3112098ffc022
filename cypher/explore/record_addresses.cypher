// id: record_addresses
// title: Where each system says a person lives or lived
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   record_id: the record
//   source: the system
//   address_id: the address
//   line: the address in words
//   postcode: postcode
//   since: since
//   until: until

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE p.person_id = $person_id
  AND c.state = 'accepted'
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH DISTINCT r
MATCH (r)-[l:RECORDED_AT]->(a:Address)
WHERE (NOT a.sealed OR $see_sealed)
RETURN
  r.record_id AS record_id,
  r.source AS source,
  a.address_id AS address_id,
  a.line AS line,
  a.postcode AS postcode,
  l.from AS since,
  l.to AS until
ORDER BY record_id, since, address_id
