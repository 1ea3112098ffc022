// id: person_relations
// title: People related to a person
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   kind: what the other is to the person
//   source: the system that says so
//   other_id: the other person
//   forename: the other's first name
//   surname: the other's last name
//   birth_date: the other's birth date
//   died: the other died by
//   said_died: the other died by, as some say and others contradict
//   family_id: the other's family
//   same_family: they live in one family

MATCH (p:Person)<-[r:RELATED_TO]-(o:Person)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT o.sealed OR $see_sealed)
OPTIONAL MATCH (p)-[:MEMBER_OF]->(f:Family)
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
RETURN
  r.kind AS kind,
  r.source AS source,
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  o.died AS died,
  o.said_died AS said_died,
  g.family_id AS family_id,
  coalesce(f.family_id = g.family_id, false) AS same_family
UNION
MATCH (p:Person)-[r:RELATED_TO]->(o:Person)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT o.sealed OR $see_sealed)
OPTIONAL MATCH (p)-[:MEMBER_OF]->(f:Family)
OPTIONAL MATCH (o)-[:MEMBER_OF]->(g:Family)
RETURN
  r.kind_back AS kind,
  r.source AS source,
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  o.died AS died,
  o.said_died AS said_died,
  g.family_id AS family_id,
  coalesce(f.family_id = g.family_id, false) AS same_family
