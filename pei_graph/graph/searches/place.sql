-- Whether an address is as described. The number of a house finds its flats, and a street is found by how
-- it `begins`, or with its town, where it is `whole` in what was typed; the name of a house stands before
-- its street.
($postcode = '' OR postcode = $postcode)
AND ($house = '' OR lower(house) = $house OR ends_with(lower(house), '/' || $house))
AND (
    NOT $somewhere
    OR regexp_matches(lower(street), $begins)
    OR list_contains($whole::VARCHAR[], lower(street))
    OR (
        regexp_matches(lower(house), '^[a-z]')
        AND (
            regexp_matches(lower(concat_ws(' ', house, street)), $begins)
            OR list_contains($whole::VARCHAR[], lower(concat_ws(' ', house, street)))
        )
    )
)
