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

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE p.person_id IN $person_ids
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH DISTINCT p, r, c.state AS state, c.probability AS likely
MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE (NOT o.sealed OR $see_sealed)
WITH DISTINCT
  p.person_id AS person,
  state,
  likely,
  o.person_id AS other,
  d.state AS other_state,
  d.probability AS other_likely
WHERE person <> other
  AND (state = 'accepted' OR other_state = 'accepted')
RETURN
  person AS person_id,
  other AS other_id,
  max(CASE WHEN state = 'possible' THEN likely ELSE other_likely END) AS probability
ORDER BY person_id, other_id
LIMIT $most
