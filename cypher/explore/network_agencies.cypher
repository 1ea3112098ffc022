// id: network_agencies
// title: Agencies that deal with persons drawn in a network
// parameters:
//   person_ids: {says: the persons asked about, given: true, each: true}
//   most: {says: most rows shown, default: 300}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: a person asked about
//   source: the system
//   title: the system's title
//   agency: the agency
//   facts: how many facts
//   latest: the newest

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)-[:WITH_AGENCY]->(s:Source)
WHERE p.person_id IN $person_ids
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT i.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  s.source AS source,
  s.title AS title,
  s.agency AS agency,
  count(*) AS facts,
  max(i.from) AS latest
ORDER BY person_id, source
LIMIT $most
