// id: missing_episode
// title: Missing in the last 12 months
// why: >
//   A child who went missing from home or care in the last 12 months is at risk. Factor 10A of a
//   social care assessment says the same. The police search for adults too: those do not count.
// area: children_who_need_help
// subject: person
// reach: own
// evidence: [missing_episode, assessment_factor]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   recent: {says: how far back counts, months_before: 12}
// returns:
//   subject: the person's id
//   state: met
//   since: the newest of them
//   value: days on which an episode began or was assessed; a return's own count where it has more
//   evidence: ids of the facts counted
// because:
//   met: >-
//     Missing episodes in the last {recent} months: {value}; the newest from, or counted on,
//     {since}.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)
WHERE i.type IN ['missing_episode', 'assessment_factor']
  AND (i.type = 'missing_episode' OR left(i.detail, 3) = '10A')
  AND NOT coalesce(p.adult, false)
  AND i.from > $recent
  AND i.from <= $as_of
WITH
  p,
  count(DISTINCT i.from) AS days,
  max(coalesce(i.value, 1.0)) AS counted,
  max(i.from) AS newest,
  collect(i.fact_id) AS facts
RETURN
  p.person_id AS subject,
  'met' AS state,
  newest AS since,
  CASE WHEN counted > days THEN counted ELSE days * 1.0 END AS value,
  facts AS evidence
