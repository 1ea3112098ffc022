// id: person_findings
// title: What the criteria find for a person
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   pack: the programme
//   criterion: its id
//   title: its title
//   area: problem area
//   state: met or cusp
//   as_of: looked back from
//   since: since or last on
//   value: the figure found
//   evidence: ids of the facts behind it
//   because: why, in a sentence

MATCH (p:Person)-[m:MEETS]->(c:Criterion)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
RETURN
  c.pack AS pack,
  c.criterion AS criterion,
  c.title AS title,
  c.area AS area,
  m.state AS state,
  c.as_of AS as_of,
  m.since AS since,
  m.value AS value,
  m.evidence AS evidence,
  m.because AS because
ORDER BY pack, area, criterion
