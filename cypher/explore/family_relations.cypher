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

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)<-[r:RELATED_TO]-(o:Person)
WHERE f.family_id = $family_id
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
OPTIONAL MATCH (o)-[l:LIVES_AT]->(a:Address)
WITH DISTINCT
  p.person_id AS person,
  r.kind AS kind,
  r.source AS system,
  o.person_id AS other,
  o.forename AS first_name,
  o.surname AS last_name,
  o.birth_date AS born,
  g.family_id AS family,
  CASE WHEN l.current AND (NOT a.sealed OR $see_sealed) THEN a.line END AS home,
  p.sealed OR o.sealed AS hidden
WHERE (family IS NULL OR family <> $family_id)
  AND (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  kind AS kind,
  system AS source,
  other AS other_id,
  first_name AS forename,
  last_name AS surname,
  born AS birth_date,
  family AS family_id,
  max(home) AS line
UNION
MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)-[r:RELATED_TO]->(o:Person)
WHERE f.family_id = $family_id
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
OPTIONAL MATCH (o)-[l:LIVES_AT]->(a:Address)
WITH DISTINCT
  p.person_id AS person,
  r.kind AS kind,
  r.source AS system,
  o.person_id AS other,
  o.forename AS first_name,
  o.surname AS last_name,
  o.birth_date AS born,
  g.family_id AS family,
  CASE WHEN l.current AND (NOT a.sealed OR $see_sealed) THEN a.line END AS home,
  p.sealed OR o.sealed AS hidden
WHERE (family IS NULL OR family <> $family_id)
  AND (NOT hidden OR $see_sealed)
RETURN
  person AS person_id,
  CASE kind
    WHEN 'parent' THEN 'child'
    WHEN 'child' THEN 'parent'
    WHEN 'carer' THEN 'cared_for'
    WHEN 'cared_for' THEN 'carer'
    WHEN 'grandparent' THEN 'grandchild'
    WHEN 'grandchild' THEN 'grandparent'
    ELSE kind
  END AS kind,
  system AS source,
  other AS other_id,
  first_name AS forename,
  last_name AS surname,
  born AS birth_date,
  family AS family_id,
  max(home) AS line
