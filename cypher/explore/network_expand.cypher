// id: network_expand
// title: How many a step further from each person would show
// parameters:
//   person_ids: {says: the persons asked about, given: true, each: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the person
//   relatives: people related
//   agencies: systems that deal with the person
//   housemates: people who live or lived at an address of theirs

MATCH (p:Person)
WHERE p.person_id IN $person_ids
  AND (NOT p.sealed OR $see_sealed)
OPTIONAL MATCH (p)-[:RELATED_TO]-(o:Person)
WHERE (NOT o.sealed OR $see_sealed)
WITH p, count(DISTINCT o.person_id) AS relatives
OPTIONAL MATCH (p)-[:INVOLVED_IN]->(i:Involvement)
WHERE (NOT i.sealed OR $see_sealed)
WITH p, relatives, count(DISTINCT i.source) AS agencies
OPTIONAL MATCH (p)-[:LIVES_AT]->(a:Address)<-[:LIVES_AT]-(h:Person)
WHERE a.kind = 'dwelling'
  AND h.person_id <> p.person_id
  AND (NOT a.sealed OR $see_sealed)
  AND (NOT h.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  relatives AS relatives,
  agencies AS agencies,
  count(DISTINCT h.person_id) AS housemates
ORDER BY person_id
