// id: family_findings
// title: What the criteria find for a family and its members
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   pack: the programme
//   criterion: its id
//   title: its title
//   area: problem area
//   subject_kind: person or family
//   subject: whom it is found for
//   state: met or cusp
//   as_of: looked back from
//   since: since or last on
//   value: the figure found
//   evidence: ids of the facts behind it
//   because: why, in a sentence

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)
MATCH (p)-[m:MEETS]->(c:Criterion)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
RETURN
  c.pack AS pack,
  c.criterion AS criterion,
  c.title AS title,
  c.area AS area,
  'person' AS subject_kind,
  p.person_id AS subject,
  m.state AS state,
  m.as_of AS as_of,
  m.since AS since,
  m.value AS value,
  m.evidence AS evidence,
  m.because AS because
UNION ALL
MATCH (f:Family)-[m:MEETS]->(c:Criterion)
WHERE f.family_id = $family_id
RETURN
  c.pack AS pack,
  c.criterion AS criterion,
  c.title AS title,
  c.area AS area,
  'family' AS subject_kind,
  f.family_id AS subject,
  m.state AS state,
  m.as_of AS as_of,
  m.since AS since,
  m.value AS value,
  m.evidence AS evidence,
  m.because AS because
