// id: criteria
// title: The criteria, and how many persons or families meet each
// returns:
//   pack: the programme
//   criterion: its id
//   title: its title
//   why: why it counts
//   area: problem area
//   subject: person or family
//   found: how many meet it

MATCH (c:Criterion)
OPTIONAL MATCH (n)-[m:MEETS]->(k:Criterion)
WHERE k.criterion_id = c.criterion_id
RETURN
  c.pack AS pack,
  c.criterion AS criterion,
  c.title AS title,
  c.why AS why,
  c.area AS area,
  c.subject AS subject,
  count(CASE WHEN m.state = 'met' THEN 1 END) AS found
ORDER BY pack, area, criterion
