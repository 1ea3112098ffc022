// id: family_relations
// title: People related to a family who live elsewhere
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   person_id: the member
//   kind: what the other is to the member
//   source: the system that says so
//   other_id: the other person
//   forename: the other's first name
//   surname: the other's last name
//   birth_date: the other's birth date
//   family_id: the other's family
//   line: where the other lives

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
WITH DISTINCT f, p
MATCH (p)<-[r:RELATED_TO]-(o:Person)
WHERE (NOT o.sealed OR $see_sealed)
  AND NOT EXISTS { MATCH (o)-[:MEMBER_OF]->(f) }
WITH DISTINCT p, r.kind AS kind, r.source AS source, o
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
OPTIONAL MATCH (o)-[l:LIVES_AT]->(a:Address)
WHERE l.current AND (NOT a.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  kind AS kind,
  source AS source,
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  g.family_id AS family_id,
  a.line AS line
UNION
MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
WITH DISTINCT f, p
MATCH (p)-[r:RELATED_TO]->(o:Person)
WHERE (NOT o.sealed OR $see_sealed)
  AND NOT EXISTS { MATCH (o)-[:MEMBER_OF]->(f) }
WITH DISTINCT p, r.kind AS kind, r.source AS source, o
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
OPTIONAL MATCH (o)-[l:LIVES_AT]->(a:Address)
WHERE l.current AND (NOT a.sealed OR $see_sealed)
RETURN
  p.person_id AS person_id,
  CASE kind
    WHEN 'parent' THEN 'child'
    WHEN 'child' THEN 'parent'
    WHEN 'carer' THEN 'cared_for'
    WHEN 'cared_for' THEN 'carer'
    WHEN 'grandparent' THEN 'grandchild'
    WHEN 'grandchild' THEN 'grandparent'
    ELSE kind
  END AS kind,
  source AS source,
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  g.family_id AS family_id,
  a.line AS line
