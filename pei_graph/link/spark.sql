-- DuckDB's Jaro-Winkler similarity, but for how its last bit is rounded. Spark's own, and Splink's for Spark, count half
-- an exchange of two letters where DuckDB counts whole ones, so that names near a level's limit
-- would reach another level. Everything stands in one expression, since Spark works out a function's
-- arguments for every row, yet its body only where it is asked.
CREATE OR REPLACE TEMPORARY FUNCTION duckdb_jaro_winkler(a STRING, b STRING)
RETURNS DOUBLE
RETURN if(
    a = '' OR b = '',
    0.0D,
    element_at(
        transform(
            transform(
                transform(
                    -- Letters of `a` that `b` has nearby, each of `b` used once: a mark stands there.
                    array(aggregate(
                        sequence(1, length(a)),
                        named_struct('rest', b, 'shared', ''),
                        (found, at) -> element_at(
                            transform(
                                array(locate(
                                    substr(a, at, 1),
                                    found.rest,
                                    greatest(1, at - greatest(0, greatest(length(a), length(b)) DIV 2 - 1))
                                )),
                                spot -> CASE
                                    WHEN spot BETWEEN 1
                                        AND at + greatest(0, greatest(length(a), length(b)) DIV 2 - 1)
                                    THEN named_struct(
                                        'rest', overlay(found.rest PLACING '\u0000' FROM spot FOR 1),
                                        'shared', found.shared || substr(a, at, 1)
                                    )
                                    ELSE found
                                END
                            ),
                            1
                        )
                    )),
                    -- How many they are, and how many stand in another order in `b`.
                    found -> named_struct(
                        'shared', length(found.shared),
                        'moved', size(filter(
                            zip_with(
                                filter(
                                    split(b, ''),
                                    (letter, at) -> substr(found.rest, at + 1, 1) = '\u0000'
                                ),
                                split(found.shared, ''),
                                (there, here) -> there <> here
                            ),
                            differs -> differs
                        ))
                    )
                ),
                letters -> CASE
                    WHEN letters.shared = 0 THEN 0.0D
                    ELSE (
                        letters.shared / CAST(length(a) AS DOUBLE)
                        + letters.shared / CAST(length(b) AS DOUBLE)
                        + (letters.shared - letters.moved DIV 2) / CAST(letters.shared AS DOUBLE)
                    ) / 3.0D
                END
            ),
            jaro -> CASE
                WHEN jaro > 0.7D
                THEN jaro + CASE
                    WHEN least(length(a), length(b)) >= 4 AND left(a, 4) = left(b, 4) THEN 4.0D
                    WHEN least(length(a), length(b)) >= 3 AND left(a, 3) = left(b, 3) THEN 3.0D
                    WHEN least(length(a), length(b)) >= 2 AND left(a, 2) = left(b, 2) THEN 2.0D
                    WHEN left(a, 1) = left(b, 1) THEN 1.0D
                    ELSE 0.0D
                END * 0.1D * (1.0D - jaro)
                ELSE jaro
            END
        ),
        1
    )
)
