// id: looked_after
// title: Looked after by the council
// why: >
//   A child whom the council looks after needs help, and so does the family it may return to.
// area: children_who_need_help
// subject: person
// evidence: [looked_after]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open episodes
//   evidence: ids of the facts counted
// because:
//   met: "Looked after by the council since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'looked_after'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (i.to > $as_of OR (i.to IS NULL AND i.in_latest))
WITH p, count(*) AS entries, min(i.from) AS began, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  began AS since,
  entries * 1.0 AS value,
  facts AS evidence
