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
//   died: the other died by
//   said_died: the other died by, as some say and others contradict
//   family_id: the other's family

MATCH (f:Family)<-[:MEMBER_OF]-(p:Person)-[r:RELATED_TO]-(o:Person)
WHERE f.family_id = $family_id
  AND (o.family_id IS NULL OR o.family_id <> f.family_id)
  AND (NOT (p.sealed OR o.sealed) OR $see_sealed)
RETURN
  p.person_id AS person_id,
  CASE WHEN r.starts_lower = (o.person_id < p.person_id) THEN r.kind ELSE r.kind_back END AS kind,
  r.source AS source,
  o.person_id AS other_id,
  o.forename AS forename,
  o.surname AS surname,
  o.birth_date AS birth_date,
  o.died AS died,
  o.said_died AS said_died,
  o.family_id AS family_id
