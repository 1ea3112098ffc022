// id: sources
// title: What each system covers and how fresh it is
// returns:
//   source: the system
//   title: its title
//   agency: its agency
//   owner: who owns it
//   team: whom to ask
//   telephone: their number
//   every: how often it is refreshed
//   since: how far back it goes
//   covers: whom it covers
//   latest_delivery: newest delivery
//   records: how many records

MATCH (s:Source)
RETURN
  s.source AS source,
  s.title AS title,
  s.agency AS agency,
  s.owner AS owner,
  s.team AS team,
  s.telephone AS telephone,
  s.every AS every,
  s.since AS since,
  s.covers AS covers,
  s.latest_delivery AS latest_delivery,
  s.records AS records
