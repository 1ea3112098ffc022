// id: early_years_not_taken_up
// title: Early-years entitlement not taken up
// why: >
//   A child below school age who is entitled to a place in early education and does not take it
//   up needs help.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [early_years_entitlement]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   youngest: {says: born before this is of school age, months_before: 60}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the entitlement
//   value: open entitlements
//   evidence: ids of the facts counted
// because:
//   met: "Entitled to early education since {since} and not taking it up."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'early_years_entitlement'
  AND i.status = 'not_taken_up'
  AND p.birth_date > $youngest
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
