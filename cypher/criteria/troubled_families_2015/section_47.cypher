// id: section_47
// title: Section 47 enquiry in the last 12 months
// why: >
//   An enquiry under section 47 of the Children Act 1989 (a child may suffer significant harm)
//   in the last 12 months counts.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [section_47]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: enquiries; two that began on one day are one
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Section 47 enquiries in the last {recent} months: {value}; the newest from {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type = 'section_47'
  AND i.from > $recent
  AND i.from <= $as_of
WITH p, count(DISTINCT i.from) AS days, max(i.from) AS newest, collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  days * 1.0 AS value,
  facts AS evidence
