// id: family_involvements
// title: Every agency's dealings with a family, newest first
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the member
//   fact_id: the fact
//   type: type of involvement
//   source: the system
//   role: part played
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

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE f.family_id = $family_id
  AND (NOT (p.sealed OR i.sealed) OR $see_sealed)
RETURN
  p.person_id AS person_id,
  i.fact_id AS fact_id,
  i.type AS type,
  i.source AS source,
  i.role AS role,
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
