// id: network_relations
// title: Relations of persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: a person asked about
//   other_id: someone related, either way round
//   kind: the relation as recorded
//   sources: systems that say so

MATCH (p:Person)-[r:RELATED_TO]-(o:Person)
WHERE p.person_id IN $person_ids
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT o.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  o.person_id AS other_id,
  r.kind AS kind,
  collect(DISTINCT r.source) AS sources
ORDER BY person_id, other_id, kind
LIMIT $most
