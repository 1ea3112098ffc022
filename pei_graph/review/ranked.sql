-- Questions in order: those first from which most is expected, ties in the order of records. Before
-- anybody has answered, the chance that an answer changes what stands is reckoned in bits; answers
-- replace it, stratum by stratum. A stratum names questions about as likely to be answered alike.
WITH answered AS (
    SELECT
        unnest($strata::VARCHAR[]) AS stratum,
        unnest($given::BIGINT[]) AS given,
        unnest($changing::BIGINT[]) AS changing
),
expected AS (
    SELECT
        unnest($between) AS stands,
        unnest($bits) AS bits
),
placed AS (
    SELECT
        *,
        coalesce(veto, state) AS stands,
        floor(least(greatest(weight, $lowest), $highest) / $band) * $band AS band,
        CASE twice
            WHEN 0 THEN 'never'
            WHEN 1 THEN 'once'
            ELSE 'often'
        END AS known_twice
    FROM questions
),
reckoned AS (
    SELECT
        p.*,
        printf('%s %s %+d twice %s', kind, stands, band::INTEGER, known_twice) AS stratum,
        CASE
            WHEN kind = 'split' THEN $each_twice * twice - $sure
                - greatest(weight, CASE WHEN state = 'possible' THEN $settled ELSE 0.0 END)
            WHEN stands = 'accepted' THEN e.bits - $each_twice * twice
            ELSE coalesce(e.bits, 0.0)
                - $each_twice * twice
                - 2 * greatest(log2(settled / $fragment), 0.0)
        END AS bits
    FROM placed p
    LEFT JOIN expected e USING (stands)
),
learnt AS (
    SELECT
        r.*,
        (1 / (1 + pow(2, -r.bits)) * $trusted + coalesce(a.changing, 0))
        / ($trusted + coalesce(a.given, 0)) AS chance
    FROM reckoned r
    LEFT JOIN answered a USING (stratum)
)
SELECT
    * EXCLUDE (stands, band, known_twice, bits),
    chance * settled * CASE WHEN open_case THEN $open_case ELSE 1.0 END AS priority
FROM learnt
ORDER BY priority DESC, record_l, record_r
