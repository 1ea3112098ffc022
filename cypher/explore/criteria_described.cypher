// id: criteria_described
// title: What each criterion is called, and what it speaks to
// returns:
//   criterion_id: the criterion, its programme before it
//   pack: the programme
//   criterion: its id in the programme
//   title: its title
//   area: problem area
//   subject_kind: person or family
//   as_of: the day that it looks back from

MATCH (c:Criterion)
RETURN
  c.criterion_id AS criterion_id,
  c.pack AS pack,
  c.criterion AS criterion,
  c.title AS title,
  c.area AS area,
  c.subject AS subject_kind,
  c.as_of AS as_of
