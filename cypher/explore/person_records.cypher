// id: person_records
// title: Each system's record of a person, in its own words
// parameters:
//   person_id: {says: the person asked about, given: true}
//   see_sealed: {says: sealed things are shown, default: false}
// returns:
//   record_id: the record
//   source: the system
//   title: the system's title
//   source_key: its key there
//   role: pupil, parent ...
//   forename_given: first name as delivered
//   surname_given: last name as delivered
//   birth_date_given: birth date as delivered
//   address_given: address as delivered
//   forename: first name, standardised
//   surname: last name, standardised
//   birth_date: birth date, standardised
//   birth_date_quality: exact, placeholder, partial or expected
//   sex: F or M
//   postcode: postcode
//   uprn: UPRN
//   identifiers: scheme and value of each identifier
//   case_family: the source's own household or case
//   first_seen: first delivered on
//   last_seen: last delivered on
//   in_latest: the newest delivery still holds it
//   state: accepted or possible
//   probability: how likely
//   weakest_link: weakest weight that holds it in, in bits
//   match_key: what agrees and differs

MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record)-[:FROM_SOURCE]->(s:Source)
WHERE p.person_id = $person_id
  AND (NOT p.sealed OR $see_sealed)
  AND (NOT r.sealed OR $see_sealed)
WITH c, r, s
MATCH (r)-[d:CANDIDATE_FOR]->(o:Person)
WHERE d.state = 'accepted'
  AND (NOT o.sealed OR $see_sealed)
RETURN
  r.record_id AS record_id,
  r.source AS source,
  s.title AS title,
  right(r.record_id, size(r.record_id) - size(r.source) - 1) AS source_key,
  r.role AS role,
  r.forename_given AS forename_given,
  r.surname_given AS surname_given,
  r.birth_date_given AS birth_date_given,
  r.address_given AS address_given,
  r.forename AS forename,
  r.surname AS surname,
  r.birth_date AS birth_date,
  r.birth_date_quality AS birth_date_quality,
  r.sex AS sex,
  r.postcode AS postcode,
  r.uprn AS uprn,
  string_split(r.identifiers, '\n') AS identifiers,
  r.case_family AS case_family,
  r.first_seen AS first_seen,
  coalesce(r.last_seen, s.latest_delivery) AS last_seen,
  r.in_latest AS in_latest,
  c.state AS state,
  c.probability / 1000000.0 AS probability,
  c.weakest_link / 1000.0 AS weakest_link,
  c.match_key AS match_key
ORDER BY state, source, record_id
