// id: persistent_absence
// title: Attendance below 90 % over three terms
// why: >
//   Attendance under 90 % over the last three consecutive terms that are known is persistent
//   absence. A child within the margin, or whose last term falls so fast that the next would be
//   under the threshold, is on the cusp. The next term is forecast on the straight line through
//   the last term and the middle of those before it, 1.5 terms earlier. Two sources may begin a
//   term on different days: what begins within some weeks of another is of the same term.
// area: school
// subject: person
// reach: own
// evidence: [attendance]
// parameters:
//   as_of: {says: the day looked at, given: true}
//   oldest: {says: terms that began before this are too old to speak, months_before: 20}
//   span: {says: a term this long before the last one is no longer one of the three, days: 300}
//   apart: {says: terms that begin within so many days are one, days: 40}
//   least_terms: {says: fewer terms than this are not judged, default: 3}
//   threshold: {says: attendance in per cent below which the criterion is met, default: 90.0}
//   margin: {says: attendance in per cent below which a child is on the cusp, default: 93.0}
// returns:
//   subject: the person's id
//   state: met or cusp
//   since: the start of the last term known
//   value: attendance in per cent of possible sessions over the three terms
//   evidence: ids of the facts counted
// because:
//   met: "Attendance was {value} % over the last three terms known, below {threshold} %."
//   cusp: >-
//     Attendance was {value} % over the last three terms known: not below {threshold} %, but
//     below {margin} % or falling towards it.
// owner: Troubled Families programme team
// checked_by: not yet checked by a council
// next_review: 2027-04-01

MATCH (p:Person)-[:INVOLVED_IN]->(t:Involvement)
WHERE t.type = 'attendance'
  AND t.total > 0
  AND t.from > $oldest
  AND t.from <= $as_of
WITH
  p.person_id AS person,
  max(t.from) AS last,
  min(100.0 * t.value / t.total) AS lowest,
  collect({began: t.from, value: t.value, total: t.total, fact: t.fact_id}) AS terms_known
WHERE lowest < $margin
  OR lowest + (lowest - 100.0) / 1.5 < $threshold
UNWIND terms_known AS i
UNWIND terms_known AS j
WITH
  person,
  last,
  i,
  count(CASE WHEN j.began < i.began AND j.began > i.began - $apart THEN 1 END) AS begun
WHERE i.began > last - $span
WITH
  person,
  last,
  count(DISTINCT CASE WHEN begun = 0 THEN i.began END) AS terms,
  100.0 * sum(i.value) / sum(i.total) AS attended,
  sum(CASE WHEN i.began > last - $apart THEN i.value ELSE 0.0 END) AS last_attended,
  sum(CASE WHEN i.began > last - $apart THEN i.total ELSE 0.0 END) AS last_possible,
  sum(CASE WHEN i.began <= last - $apart THEN i.value ELSE 0.0 END) AS before_attended,
  sum(CASE WHEN i.began <= last - $apart THEN i.total ELSE 0.0 END) AS before_possible,
  collect(i.fact) AS facts
WHERE terms >= $least_terms
WITH
  person,
  last,
  attended,
  facts,
  100.0 * last_attended / last_possible AS now,
  100.0 * before_attended / before_possible AS before
WHERE attended < $margin
  OR now + (now - before) / 1.5 < $threshold
RETURN
  person AS subject,
  CASE WHEN attended < $threshold THEN 'met' ELSE 'cusp' END AS state,
  last AS since,
  attended AS value,
  facts AS evidence
