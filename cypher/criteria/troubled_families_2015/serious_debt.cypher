// id: serious_debt
// title: Serious debt
// why: >
//   A family in serious debt (rent, council tax) counts: a debt that is open, or was entered in
//   the last 12 months.
// area: work_and_money
// subject: person
// reach: own
// evidence: [debt]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back a debt counts whether or not it is open, months_before: 12}
//   least: {says: debt in pounds below which it is not serious, default: 0.0}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: pounds owed, 0 where no sum is given
//   evidence: ids of the facts counted
// because:
//   met: "In debt; the newest entry is from {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'debt'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (
    i.from > $recent
    OR (x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of))
  )
WITH
  p,
  sum(coalesce(i.value, 0.0)) AS pounds,
  max(i.from) AS newest,
  collect(i.fact_id) AS facts
WHERE pounds >= $least
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  pounds AS value,
  facts AS evidence
