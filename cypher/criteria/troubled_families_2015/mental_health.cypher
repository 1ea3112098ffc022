// id: mental_health
// title: Mental health need
// why: >
//   A mental health need of a parent or child counts: one that is open, or was entered in the
//   last 12 months. Factors 4A, 4B and 4C of a social care assessment say the same.
// area: health
// subject: person
// reach: own
// evidence: [mental_health, assessment_factor]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which a need was entered
//   evidence: ids of the facts counted
// because:
//   met: >-
//     A mental health need is open or was found in the last {recent} months; the newest from
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type IN ['mental_health', 'assessment_factor']
  AND (i.type = 'mental_health' OR left(i.detail, 2) IN ['4A', '4B', '4C'])
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (
    i.from > $recent
    OR (i.type = 'mental_health' AND x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of))
  )
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
