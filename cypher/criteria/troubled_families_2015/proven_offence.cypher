// id: proven_offence
// title: Proven offence in the last 12 months
// why: >
//   A proven offence by an adult or a young person in the family in the last 12 months counts as
//   the crime and anti-social behaviour problem.
// area: crime_and_asb
// subject: person
// reach: own
// evidence: [offence]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which it happened
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Days with a proven offence in the last {recent} months: {value}; the newest on {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'offence'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
