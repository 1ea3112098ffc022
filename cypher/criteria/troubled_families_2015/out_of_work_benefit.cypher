// id: out_of_work_benefit
// title: Adult on an out-of-work benefit
// why: >
//   An adult who receives an out-of-work benefit counts as the work and money problem. Where the
//   last one ends soon the adult is on the cusp.
// area: work_and_money
// subject: person
// reach: own
// evidence: [out_of_work_benefit]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   ending: {says: a benefit that ends before this is ending soon, months_after: 2}
// returns:
//   subject: the person's id
//   state: met or cusp
//   since: the start of the first that is open
//   value: open benefits
//   evidence: ids of the facts counted
// because:
//   met: "An adult receives an out-of-work benefit since {since}."
//   cusp: >-
//     An adult receives an out-of-work benefit since {since} that ends within {ending} months.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'out_of_work_benefit'
  AND p.adult
  AND (i.from IS NULL OR i.from <= $as_of)
  AND x.ended IS NULL
  AND (i.to IS NULL OR i.to > $as_of)
WITH
  p,
  count(*) AS entries,
  count(CASE WHEN i.to IS NULL OR i.to > $ending THEN 1 END) AS lasting,
  min(i.from) AS began,
  collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  CASE WHEN lasting > 0 THEN 'met' ELSE 'cusp' END AS state,
  began AS since,
  entries * 1.0 AS value,
  facts AS evidence
