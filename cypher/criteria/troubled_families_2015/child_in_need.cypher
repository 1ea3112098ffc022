// id: child_in_need
// title: Child in need
// why: >
//   A child with an open plan under section 17 of the Children Act 1989 needs help.
//   Where another source, or a later return, knows the end of the plan that began on the same
//   day, it has ended: a return as of an earlier day could not know that. So it has where another
//   source knows of one that ended after that day, and of none that goes on. What is marked as
//   closed has ended, though nobody gave the day.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [child_in_need]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open plans
//   evidence: ids of the facts counted
// because:
//   met: "Child in need since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'child_in_need'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (i.to IS NOT NULL OR (i.in_latest AND coalesce(i.status, '') <> 'closed'))
WITH
  p.person_id AS person,
  collect({
    fact: i.fact_id,
    source: i.source,
    began: i.from,
    ended: i.to,
    over: CASE WHEN i.to <= $as_of THEN 1 ELSE 0 END
  }) AS told
UNWIND told AS one
UNWIND told AS other
WITH
  person,
  one,
  count(
    CASE
      WHEN other.over = 0 AND other.source = one.source AND other.began <= one.ended THEN 1
    END
  ) AS going_on
WITH
  person,
  collect({
    fact: one.fact,
    source: one.source,
    began: one.began,
    ended: one.ended,
    over: one.over,
    last: CASE WHEN one.over = 1 AND going_on = 0 THEN 1 ELSE 0 END
  }) AS told
UNWIND told AS one
UNWIND told AS other
WITH
  person,
  one,
  count(
    CASE
      WHEN other.over = 1 AND other.began = one.began THEN 1
      WHEN other.last = 1
        AND other.source <> one.source
        AND other.ended > one.began
        THEN 1
    END
  ) AS known_to_end
WHERE one.over = 0
  AND known_to_end = 0
RETURN
  person AS subject,
  'met' AS state,
  min(one.began) AS since,
  count(*) * 1.0 AS value,
  collect(one.fact) AS evidence
