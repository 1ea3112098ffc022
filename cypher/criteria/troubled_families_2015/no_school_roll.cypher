// id: no_school_roll
// title: On no school roll and not educated at home
// why: >
//   A child of compulsory school age who was on a roll, is on none now, and is not educated at
//   home is missing education. In the first weeks after leaving the child is on the cusp, since
//   a move between schools takes time. A pupil who has gone from every system may have left the
//   area and is not counted.
// area: school
// subject: person
// reach: own
// evidence: [school_roll, home_educated]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   youngest: {says: born after this is below compulsory school age, months_before: 60}
//   oldest: {says: born before this is above compulsory school age, months_before: 192}
//   recent: {says: who left the last roll before this is not judged, months_before: 24}
//   grace: {says: who left since this may be moving between schools, months_before: 2}
// returns:
//   subject: the person's id
//   state: met or cusp
//   since: the day the last roll or home education ended
//   value: always 1
//   evidence: ids of the facts counted
// because:
//   met: "On no school roll and not educated at home since {since}."
//   cusp: "On no school roll since {since}, less than {grace} months ago."
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[x:INVOLVED_IN]->(i:Involvement)
WHERE i.type IN ['school_roll', 'home_educated']
  AND p.birth_date <= $youngest
  AND p.birth_date > $oldest
WITH
  p,
  count(CASE WHEN x.ended IS NULL AND (i.to IS NULL OR i.to > $as_of) THEN 1 END) AS open,
  max(i.to) AS ended,
  collect(i.fact_id) AS facts
WHERE open = 0
  AND ended > $recent
MATCH (p)<-[c:CANDIDATE_FOR]-(r:Record)
WITH DISTINCT p, ended, facts, c.state AS membership, r.in_latest AS held
WHERE membership = 'accepted'
  AND held
RETURN
  p.person_id AS subject,
  CASE WHEN ended > $grace THEN 'cusp' ELSE 'met' END AS state,
  ended AS since,
  1.0 AS value,
  facts AS evidence
