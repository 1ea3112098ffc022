// id: repeated_suspension
// title: Three or more suspensions in three terms
// why: >
//   Three or more suspensions (fixed-term exclusions) in the last three terms count; one fewer
//   is on the cusp.
// area: school
// subject: person
// reach: own
// evidence: [suspension]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts; three terms are a year, months_before: 12}
//   least: {says: suspensions that count, default: 3}
//   near: {says: suspensions that are on the cusp, default: 2}
// returns:
//   subject: the person's id
//   state: met or cusp
//   since: the newest of them
//   value: suspensions; two that began on one day are one
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Suspensions in the last {recent} months: {value}, at least {least}; the newest on {since}.
//   cusp: >-
//     Suspensions in the last {recent} months: {value}, short of {least}; the newest on {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'suspension'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS suspensions, max(i.from) AS newest, collect(i.fact_id) AS facts
WHERE suspensions >= $near
RETURN
  p.person_id AS subject,
  CASE WHEN suspensions >= $least THEN 'met' ELSE 'cusp' END AS state,
  newest AS since,
  suspensions * 1.0 AS value,
  facts AS evidence
