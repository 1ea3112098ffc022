// id: domestic_abuse_incident
// title: Domestic abuse incident in the last 12 months
// why: >
//   A domestic abuse incident that a member of the family suffered, committed or was present at
//   in the last 12 months counts. An adult who called the police or saw it is not of it: a
//   neighbour who rings has no domestic abuse in the family. A child who sees or hears it is a
//   victim of it (Domestic Abuse Act 2021, section 3), whatever part the police wrote down.
// area: domestic_abuse
// subject: person
// reach: own
// evidence: [domestic_abuse_incident]
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
//     Days with a domestic abuse incident in the last {recent} months: {value}; the newest on
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'domestic_abuse_incident'
  AND NOT (coalesce(i.role, '') IN ['caller', 'witness'] AND coalesce(p.adult, true))
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
