// id: vulnerable_new_mother
// title: Vulnerable new mother
// why: >
//   A mother whom a health visitor or midwife holds vulnerable, in the two years after the
//   birth, counts.
// area: health
// subject: person
// reach: own
// evidence: [vulnerable_new_mother]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 24}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which it was recorded
//   evidence: ids of the facts counted
// because:
//   met: "A vulnerable new mother, recorded on {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'vulnerable_new_mother'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
