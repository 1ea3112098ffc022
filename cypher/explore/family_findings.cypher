// id: family_findings
// title: What the criteria find for the members of a family
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   criterion_id: the criterion, its programme before it
//   subject: the member
//   state: met or cusp
//   since: since or last on
//   value: the figure found
//   evidence: ids of the facts behind it
//   because: why, in a sentence

MATCH (f:Family)<-[b:MEMBER_OF]-(:Person)-[m:MEETS]->(:Criterion)
WHERE f.family_id = $family_id
WITH b, m
WHERE NOT b.sealed OR $see_sealed
RETURN
  m.criterion_id AS criterion_id,
  m.subject AS subject,
  m.state AS state,
  m.since AS since,
  m.value AS value,
  m.evidence AS evidence,
  m.because AS because
