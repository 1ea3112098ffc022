// id: neet
// title: Young person not in education, employment or training
// why: >
//   A young person who is not in education, employment or training counts.
// area: work_and_money
// subject: person
// reach: own
// evidence: [neet]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open entries
//   evidence: ids of the facts counted
// because:
//   met: "Not in education, employment or training since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'neet'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND x.ended IS NULL
  AND (i.to IS NULL OR i.to > $as_of)
WITH p, count(*) AS entries, min(i.from) AS began, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  began AS since,
  entries * 1.0 AS value,
  facts AS evidence
