-- Every name with the cells in which it was written, and what of each cell is that name: of a cell
-- that says more, as a `whole` name, the words that are the forename or the surname, each once. A forename
-- in a cell of its own keeps what stands beside it, which may be a middle name. Both depend on the name and
-- the cell alone. Of a child without a name, which of several born together it is counts as an initial does.
CREATE OR REPLACE TEMP MACRO letters_of(written) AS
    trim(
        regexp_replace(translate(lower(strip_accents(written)), 'łøđ', 'lod'), '[^a-z]+', ' ', 'g')
    );
CREATE OR REPLACE TEMP MACRO joined(words) AS replace(words, ' ', '');
CREATE OR REPLACE TEMP TABLE spelling AS
WITH spelt_name AS (
    SELECT DISTINCT
        'forename' AS part,
        forename AS name,
        trim(coalesce(forename_given, surname_given)) AS written,
        forename_given IS NULL AS whole
    FROM records
    WHERE forename IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'forename', birth_order::VARCHAR, trim(forename_given), false
    FROM records
    WHERE birth_order IS NOT NULL AND forename_given IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'surname', surname, trim(surname_given), false
    FROM records
    WHERE surname IS NOT NULL
),
told AS (
    SELECT
        part,
        name,
        written,
        whole,
        regexp_split_to_array(written, '[\s,]+') AS words,
        list_filter(
            words,
            lambda word, i: list_position(words, word) = i
                AND (
                    contains(' ' || name || ' ', ' ' || letters_of(word) || ' ')
                    OR joined(letters_of(word)) = joined(name)
                )
        ) AS own
    FROM spelt_name
    WHERE (whole OR part = 'surname') AND joined(letters_of(written)) <> joined(name)
)
SELECT
    row_number() OVER (ORDER BY s.part, s.name, s.written NULLS LAST, s.whole) AS spelling,
    s.part,
    s.name,
    s.written,
    s.whole,
    coalesce(
        nullif(array_to_string(t.own, ' '), ''),
        CASE
            WHEN NOT s.whole OR joined(letters_of(s.written)) = joined(s.name) THEN s.written
        END
    ) AS given,
    dense_rank() OVER (ORDER BY s.part, s.name) AS name_rank
FROM spelt_name s
LEFT JOIN told t
    ON t.part = s.part
    AND t.name = s.name
    AND t.written = s.written
    AND t.whole = s.whole
