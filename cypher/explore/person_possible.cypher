// id: person_possible
// title: Who a person may be one with, and by which record
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   other_id: the other person
//   forename: the other's first name
//   surname: the other's last name
//   birth_date: the other's birth date
//   record_id: the record between them
//   source: its system
//   probability: how likely
//   match_key: what agrees and differs
//   direction: theirs or ours

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE p.person_id = $person_id
  AND c.state = 'possible'
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH DISTINCT r, c.probability AS probability, c.match_key AS match_key
MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE d.state = 'accepted'
  AND (NOT o.sealed OR $see_sealed)
RETURN
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  r.record_id AS record_id,
  r.source AS source,
  probability AS probability,
  match_key AS match_key,
  'theirs' AS direction
UNION ALL
MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)
WHERE p.person_id = $person_id
  AND c.state = 'accepted'
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH DISTINCT r
MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE d.state = 'possible'
  AND (NOT o.sealed OR $see_sealed)
RETURN
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  r.record_id AS record_id,
  r.source AS source,
  d.probability AS probability,
  d.match_key AS match_key,
  'ours' AS direction
