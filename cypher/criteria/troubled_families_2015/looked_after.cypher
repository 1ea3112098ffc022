// id: looked_after
// title: Looked after by the council
// why: >
//   A child whom the council looks after needs help, and so does the family it may return to.
//   Where another source, or a later return, knows the end of the episode that began on the same day,
//   it has ended: a return as of an earlier day could not know that.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [looked_after]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open episodes
//   evidence: ids of the facts counted
// because:
//   met: "Looked after by the council since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'looked_after'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (i.to IS NOT NULL OR i.in_latest)
WITH
  p,
  i.from AS start,
  count(CASE WHEN i.to <= $as_of THEN 1 END) AS ended,
  collect(CASE WHEN i.to IS NULL OR i.to > $as_of THEN i.fact_id END) AS open
WHERE size(open) > 0
  AND (ended = 0 OR start IS NULL)
UNWIND open AS fact
WITH p, count(*) AS entries, min(start) AS began, collect(fact) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  began AS since,
  entries * 1.0 AS value,
  facts AS evidence
