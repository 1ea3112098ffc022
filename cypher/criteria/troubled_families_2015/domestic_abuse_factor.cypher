// id: domestic_abuse_factor
// title: Domestic abuse found at an assessment
// why: >
//   A social care assessment in the last 12 months that found domestic abuse as a factor (3A of
//   the child, 3B of a parent, 3C of another person at home) counts.
// area: domestic_abuse
// subject: person
// reach: own
// evidence: [assessment_factor]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which an assessment began
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Assessments that found domestic abuse in the last {recent} months: {value}; the newest
//     from {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'assessment_factor'
  AND left(i.detail, 2) IN ['3A', '3B', '3C']
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
