// id: family_agencies
// title: Which system deals with which member, and its newest fact
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the member
//   source: the system
//   title: the system's title
//   agency: the agency
//   facts: how many facts
//   first: the oldest
//   latest: the newest
//   fact_id: the newest fact
//   type: its type
//   status: its status
//   detail: its detail
//   worker: who leads
//   telephone: whom to ring

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)-[:INVOLVED_IN]->(a:Involvement)-[:WITH_AGENCY]->(s:Source)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT a.sealed OR $see_sealed)
WITH p, s, count(*) AS facts, min(a.from) AS first, max(a.from) AS latest
OPTIONAL MATCH (p)-[:INVOLVED_IN]->(n:Involvement)-[:WITH_AGENCY]->(s)
WHERE n.from = latest
  AND (NOT n.sealed OR $see_sealed)
WITH p, s, facts, first, latest, max(n.fact_id) AS newest
OPTIONAL MATCH (i:Involvement)
WHERE i.fact_id = newest
RETURN
  p.person_id AS person_id,
  s.source AS source,
  s.title AS title,
  s.agency AS agency,
  facts AS facts,
  first AS first,
  latest AS latest,
  newest AS fact_id,
  i.type AS type,
  i.status AS status,
  i.detail AS detail,
  i.worker AS worker,
  i.telephone AS telephone
ORDER BY person_id, source
