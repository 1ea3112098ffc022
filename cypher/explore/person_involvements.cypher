// id: person_involvements
// title: Every agency's dealings with a person, newest first
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   fact_id: the fact
//   record_id: the record that says so
//   type: type of involvement
//   source: the system
//   agency: the agency
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
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT i.sealed OR $see_sealed)
MATCH (r:Record)-[:EVIDENCES]->(i)
RETURN
  i.fact_id AS fact_id,
  r.record_id AS record_id,
  i.type AS type,
  i.source AS source,
  s.agency AS agency,
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
