// id: evidence
// title: The facts behind a finding
// parameters:
//   fact_ids: {says: the facts asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   fact_id: the fact
//   person_id: whom it is about
//   record_id: the record that says so
//   type: type of involvement
//   source: the system
//   title: the system's title
//   role: part played
//   event: the happening, shared between persons
//   since: begun or happened on
//   until: ended on
//   ended: why it has ended without a day that says so (closed, unlisted, elsewhere), or none
//   status: status in the source's words
//   detail: detail in the source's words
//   value: figure, such as sessions attended
//   total: figure it is part of
//   unauthorised: sessions missed without leave
//   worker: who leads
//   telephone: whom to ring

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)-[:WITH_AGENCY]->(s:Source)
WHERE i.fact_id IN $fact_ids
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT i.sealed OR $see_sealed)
MATCH (r:Record)-[:EVIDENCES]->(i)
RETURN
  i.fact_id AS fact_id,
  p.person_id AS person_id,
  r.record_id AS record_id,
  i.type AS type,
  i.source AS source,
  s.title AS title,
  i.role AS role,
  i.event AS event,
  i.from AS since,
  i.to AS until,
  x.ended AS ended,
  i.status AS status,
  i.detail AS detail,
  i.value AS value,
  i.total AS total,
  i.unauthorised AS unauthorised,
  i.worker AS worker,
  i.telephone AS telephone
ORDER BY since DESC, fact_id
