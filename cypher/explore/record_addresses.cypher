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

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[l:RECORDED_AT]->(a:Address)
WHERE p.person_id = $person_id
WITH DISTINCT
  r.record_id AS record,
  r.source AS system,
  c.state AS state,
  a.address_id AS place,
  a.line AS words,
  a.postcode AS code,
  l.from AS began,
  l.to AS ended,
  p.sealed OR r.sealed OR a.sealed AS hidden
WHERE state = 'accepted'
  AND (NOT hidden OR $see_sealed)
RETURN
  record AS record_id,
  system AS source,
  place AS address_id,
  words AS line,
  code AS postcode,
  began AS since,
  ended AS until
ORDER BY record_id, since, address_id
