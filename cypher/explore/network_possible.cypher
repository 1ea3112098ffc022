// id: network_possible
// title: Possible matches of persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: a person asked about
//   other_id: the person they may be one with
//   probability: how likely

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[d:CANDIDATE_FOR]->(o:Person)
WHERE p.person_id IN $person_ids
  AND p.person_id <> o.person_id
  AND (c.state = 'accepted' OR d.state = 'accepted')
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
  AND (NOT o.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  o.person_id AS other_id,
  max(CASE WHEN c.state = 'possible' THEN c.probability ELSE d.probability END) AS probability
ORDER BY person_id, other_id
LIMIT $most
