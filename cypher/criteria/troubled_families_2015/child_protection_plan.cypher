// id: child_protection_plan
// title: Child protection plan
// why: >
//   A child with an open child protection plan needs help.
//   One that has ended is not counted, whoever says so: its own source, that has it as closed or
//   lists the child no more, or another source or a later return, that knows its end and was not in
//   the next by then.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [child_protection_plan]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open plans
//   evidence: ids of the facts counted
// because:
//   met: "On a child protection plan since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'child_protection_plan'
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
