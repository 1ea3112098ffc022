// id: family
// title: A family, its home and how many live in it
// parameters:
//   family_id: {says: the family asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   family_id: the family
//   members: people who live in it
//   adults: adults
//   children: children
//   address_id: the home
//   line: the home's address
//   postcode: the home's postcode
//   uprn: the home's UPRN
//   since: at this home since

MATCH (f:Family)<-[m:MEMBER_OF]-(p:Person)
WHERE f.family_id = $family_id
  AND (NOT p.sealed OR $see_sealed)
WITH
  f,
  count(CASE WHEN m.role <> 'died' THEN 1 END) AS members,
  count(CASE WHEN m.role = 'adult' THEN 1 END) AS adults,
  count(CASE WHEN m.role = 'child' THEN 1 END) AS children
OPTIONAL MATCH (f)-[t:AT]->(a:Address)
WHERE (NOT a.sealed OR $see_sealed)
RETURN
  f.family_id AS family_id,
  members AS members,
  adults AS adults,
  children AS children,
  a.address_id AS address_id,
  a.line AS line,
  a.postcode AS postcode,
  a.uprn AS uprn,
  t.from AS since
