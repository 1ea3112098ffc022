// id: prison_release
// title: Release from prison due within 12 months
// why: >
//   A parent who is to leave prison within 12 months comes back to the family and needs a plan
//   before.
// area: crime_and_asb
// subject: person
// reach: own
// evidence: [prison_release]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   until: {says: how far ahead a release counts, months_after: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the day of the release
//   value: releases due
//   evidence: ids of the facts counted
// because:
//   met: "A release from prison is due on {since}, within {until} months."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'prison_release'
  AND i.from >= $as_of
  AND i.from <= $until
WITH p, count(*) AS entries, min(i.from) AS release, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  release AS since,
  entries * 1.0 AS value,
  facts AS evidence
