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
//   died: the other died by
//   said_died: the other died by, as some say and others contradict
//   record_id: the record between them
//   source: its system
//   probability: how likely
//   match_key: what agrees and differs
//   direction: theirs or ours

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[d:CANDIDATE_FOR]->(o:Person)
WHERE p.person_id = $person_id
WITH DISTINCT
  o.person_id AS other,
  o.forename AS first_name,
  o.surname AS last_name,
  o.birth_date AS born,
  o.died AS dead,
  o.said_died AS said_dead,
  r.record_id AS record,
  r.source AS system,
  c.state AS state,
  c.probability AS likely,
  c.match_key AS agrees,
  d.state AS other_state,
  d.probability AS other_likely,
  d.match_key AS other_agrees,
  p.sealed OR r.sealed OR o.sealed AS hidden
WHERE state <> other_state
  AND (NOT hidden OR $see_sealed)
RETURN
  other AS other_id,
  first_name AS forename,
  last_name AS surname,
  born AS birth_date,
  dead AS died,
  said_dead AS said_died,
  record AS record_id,
  system AS source,
  CASE WHEN state = 'possible' THEN likely ELSE other_likely END / 1000000.0 AS probability,
  CASE WHEN state = 'possible' THEN agrees ELSE other_agrees END AS match_key,
  CASE WHEN state = 'possible' THEN 'theirs' ELSE 'ours' END AS direction
ORDER BY probability DESC, record_id, other_id
