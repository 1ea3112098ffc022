// id: early_help
// title: Open early help, or assessed for it in the last 12 months
// why: >
//   A child or family that early help works with, or was assessed for it in the last 12 months,
//   needs help.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [early_help, early_help_assessment]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back an assessment counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: episodes and assessments that count
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Early help is open, or assessed for it in the last {recent} months; the newest from
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type IN ['early_help', 'early_help_assessment']
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (
    (i.type = 'early_help' AND x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of))
    OR (i.type = 'early_help_assessment' AND i.from > $recent)
  )
WITH p, count(*) AS entries, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  entries * 1.0 AS value,
  facts AS evidence
