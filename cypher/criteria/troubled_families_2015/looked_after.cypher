// id: looked_after
// title: Looked after by the council
// why: >
//   A child whom the council looks after needs help, and so does the family it may return to.
//   One that has ended is not counted, whoever says so: its own source, that has it as closed or
//   lists the child no more, or another source or a later return, that knows its end and was not in
//   the next by then. A child who goes from one placement to the next, or from one legal status, is
//   looked after since the first of those episodes began.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [looked_after]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of care without a break, as the source that knows it longest has it
//   value: open episodes
//   evidence: ids of the facts counted
// because:
//   met: "Looked after by the council since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'looked_after'
  AND (i.from IS NULL OR i.from <= $as_of)
  AND (i.to IS NOT NULL OR coalesce(x.ended, 'elsewhere') = 'elsewhere')
WITH
  p.person_id AS person,
  collect({
    fact: i.fact_id,
    source: i.source,
    began: i.from,
    ended: i.to,
    open: CASE WHEN x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of) THEN 1 ELSE 0 END
  }) AS told
UNWIND told AS one
UNWIND told AS other
WITH
  person,
  one,
  count(
    CASE
      WHEN other.source = one.source
        AND other.began < one.began
        AND (other.ended IS NULL OR other.ended >= one.began)
        THEN 1
    END
  ) AS moved_from
WITH
  person,
  one.source AS source,
  max(CASE WHEN moved_from = 0 THEN one.began END) AS start,
  collect(CASE WHEN one.open = 1 THEN one.fact END) AS open
WHERE size(open) > 0
UNWIND open AS fact
RETURN
  person AS subject,
  'met' AS state,
  min(start) AS since,
  count(*) * 1.0 AS value,
  collect(fact) AS evidence
