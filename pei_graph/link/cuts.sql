-- The most different people that an identifier of a scheme may have before it is generic.
CREATE OR REPLACE TEMP TABLE generic_cuts AS
SELECT
    scheme,
    CASE
        WHEN count(*) >= $enough THEN greatest(quantile_disc(people, $usual), $least)
        ELSE $least
    END AS most
FROM identifier_values
GROUP BY scheme
