// id: family_own_findings
// title: What the criteria find for a family as a whole
// parameters:
//   family_id: {says: the family asked about, given: true}
// returns:
//   criterion_id: the criterion, its programme before it
//   subject: the family
//   state: met or cusp
//   since: since or last on
//   value: the figure found
//   evidence: ids of the facts behind it
//   because: why, in a sentence

MATCH (f:Family)-[m:MEETS]->(:Criterion)
WHERE f.family_id = $family_id
RETURN
  m.criterion_id AS criterion_id,
  m.subject AS subject,
  m.state AS state,
  m.since AS since,
  m.value AS value,
  m.evidence AS evidence,
  m.because AS because
