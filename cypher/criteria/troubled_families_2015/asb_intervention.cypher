// id: asb_intervention
// title: Anti-social behaviour intervention in the last 12 months
// why: >
//   An intervention against anti-social behaviour (warning, contract, injunction, order) in the
//   last 12 months counts.
// area: crime_and_asb
// subject: person
// reach: own
// evidence: [asb_intervention]
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
//     Anti-social behaviour interventions in the last {recent} months: {value}; the newest on
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'asb_intervention'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
