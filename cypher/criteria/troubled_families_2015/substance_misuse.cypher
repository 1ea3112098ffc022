// id: substance_misuse
// title: Drug or alcohol misuse
// why: >
//   Drug or alcohol misuse of a parent or child counts: one that is open, or was entered in the
//   last 12 months. Factors 1A-1C (alcohol) and 2A-2C (drugs) of a social care assessment say
//   the same.
// area: health
// subject: person
// reach: own
// evidence: [substance_misuse, assessment_factor]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which misuse was entered
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Drug or alcohol misuse is open or was found in the last {recent} months; the newest from
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type IN ['substance_misuse', 'assessment_factor']
  AND (i.type = 'substance_misuse' OR left(i.detail, 2) IN ['1A', '1B', '1C', '2A', '2B', '2C'])
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (
    i.from > $recent
    OR (i.type = 'substance_misuse' AND x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of))
  )
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
