// id: person_addresses
// title: Where a person has lived
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   address_id: the address
//   line: the address in words
//   postcode: postcode
//   uprn: UPRN
//   kind: dwelling, communal or partial
//   placed: the council placed the person there; it is the home of others
//   since: since
//   until: until
//   current: lives there now
//   sources: systems that say so

MATCH (p:Person)-[l:LIVES_AT]->(a:Address)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT a.sealed OR $see_sealed)
RETURN
  a.address_id AS address_id,
  a.line AS line,
  a.postcode AS postcode,
  a.uprn AS uprn,
  a.kind AS kind,
  l.placed AS placed,
  l.from AS since,
  l.to AS until,
  l.current AS current,
  CASE WHEN l.sources <> '' THEN string_split(l.sources, '\n') END AS sources
ORDER BY current DESC, since DESC, address_id
