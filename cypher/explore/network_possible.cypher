// id: network_possible
// title: Possible matches of persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true, each: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: a person asked about
//   other_id: the person they may be one with
//   probability: how likely

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[d:CANDIDATE_FOR]->(o:Person)
WHERE p.person_id IN $person_ids
WITH DISTINCT
  p.person_id AS person,
  o.person_id AS other,
  r.record_id AS record,
  c.state AS state,
  c.probability AS likely,
  d.state AS other_state,
  d.probability AS other_likely,
  p.sealed OR r.sealed OR o.sealed AS hidden
WHERE person <> other
  AND (state = 'accepted' OR other_state = 'accepted')
  AND (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  other AS other_id,
  max(CASE WHEN state = 'possible' THEN likely ELSE other_likely END) / 1000000.0 AS probability
ORDER BY person_id, other_id
LIMIT $most
