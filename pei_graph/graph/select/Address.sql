SELECT address_id, uprn, postcode, house, street, line, kind, sealed
FROM addresses
