-- Which belief bears on which: somebody's kin at a home makes it likelier that they are there too.
SELECT onto.number AS onto, by_whom.number AS by_whom, kin.pull
FROM kin
JOIN spot by_whom ON by_whom.label = kin.other AND NOT by_whom.communal
JOIN spot onto ON onto.label = kin.label AND onto.place = by_whom.place
ORDER BY onto, by_whom
