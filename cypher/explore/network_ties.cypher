// id: network_ties
// title: Relations of persons drawn in a network, and which way each runs
// parameters:
//   person_ids: {says: the persons asked about, given: true, each: true}
//   most: {says: most rows shown of each direction, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the one who is kind of the other; either of the two was asked about
//   other_id: the other
//   kind: the relation as recorded
//   sources: systems that say so

MATCH (p:Person)-[r:RELATED_TO]->(o:Person)
WHERE p.person_id IN $person_ids
WITH DISTINCT
  p.person_id AS person,
  o.person_id AS other,
  r.kind AS tie,
  r.source AS system,
  p.sealed OR o.sealed AS hidden
WHERE (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  other AS other_id,
  tie AS kind,
  collect(DISTINCT system) AS sources
ORDER BY person_id, other_id, kind
LIMIT $most
UNION
MATCH (p:Person)-[r:RELATED_TO]->(o:Person)
WHERE o.person_id IN $person_ids
WITH DISTINCT
  p.person_id AS person,
  o.person_id AS other,
  r.kind AS tie,
  r.source AS system,
  p.sealed OR o.sealed AS hidden
WHERE (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  other AS other_id,
  tie AS kind,
  collect(DISTINCT system) AS sources
ORDER BY person_id, other_id, kind
LIMIT $most
