// id: youth_offending_intervention
// title: Open intervention by the youth offending team
// why: >
//   A young person whom the youth offending team works with has offended or is held likely to.
// area: crime_and_asb
// subject: person
// reach: own
// evidence: [youth_intervention]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open interventions
//   evidence: ids of the facts counted
// because:
//   met: "The youth offending team has an open intervention since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'youth_intervention'
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
