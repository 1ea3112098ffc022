// id: community_order
// title: Licence or community order held by a parent
// why: >
//   An adult with parenting responsibility who serves a licence or community order counts: one
//   who lives with a child, or is recorded as the parent or carer of somebody who is not grown up.
// area: crime_and_asb
// subject: person
// evidence: [community_order]
// parameters:
//   as_of: {says: the day looked at, given: true}
// returns:
//   subject: the person's id
//   state: met
//   since: the start of the first that is open
//   value: open orders
//   evidence: ids of the facts counted
// because:
//   met: "A parent serves a licence or community order since {since}."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'community_order'
  AND p.adult
  AND (i.from IS NULL OR i.from <= $as_of)
  AND x.ended IS NULL
  AND (i.to IS NULL OR i.to > $as_of)
WITH p, count(*) AS entries, min(i.from) AS began, collect(i.fact_id) AS facts
OPTIONAL MATCH (p)-[:MEMBER_OF]->(:Family)<-[m:MEMBER_OF]-(o:Person)
WITH
  p,
  entries,
  began,
  facts,
  count(CASE WHEN m.role = 'child' AND o.person_id <> p.person_id THEN 1 END) AS children
OPTIONAL MATCH (p)-[r:RELATED_TO]->(c:Person)
WITH
  p,
  entries,
  began,
  facts,
  children,
  count(
    CASE
      WHEN r.kind IN ['parent', 'carer']
        AND NOT coalesce(c.adult, false)
        AND c.died IS NULL
        AND (r.to IS NULL OR r.to > $as_of)
        THEN 1
    END
  ) AS relations
WHERE children > 0
  OR relations > 0
RETURN
  p.person_id AS subject,
  'met' AS state,
  began AS since,
  entries * 1.0 AS value,
  facts AS evidence
