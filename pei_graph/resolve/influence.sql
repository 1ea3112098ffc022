-- Which belief bears on which: somebody's kin at a home makes it likelier that they are there too.
-- Those `alike` bear on one home of one person in one way.
SELECT
    onto.number AS onto,
    by_whom.number AS by_whom,
    kin.pull,
    dense_rank() OVER (ORDER BY onto.number, kin.way) - 1 AS alike
FROM kin
JOIN spot by_whom ON by_whom.label = kin.other AND by_whom.draws
JOIN spot onto ON onto.label = kin.label AND onto.place = by_whom.place
ORDER BY alike, by_whom
