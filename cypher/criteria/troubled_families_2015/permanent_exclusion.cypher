// id: permanent_exclusion
// title: Permanent exclusion in the last three terms
// why: >
//   A permanent exclusion in the last three terms counts.
// area: school
// subject: person
// reach: own
// evidence: [permanent_exclusion]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts; three terms are a year, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: permanent exclusions
//   evidence: ids of the facts counted
// because:
//   met: "Permanently excluded on {since}, in the last {recent} months."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'permanent_exclusion'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
