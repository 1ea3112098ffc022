-- Every name with the cells in which it was written, and what of each cell is that name: of a cell
-- that says more, as a whole name, the words that are the surname, each once. A forename keeps what
-- stands beside it, which may be a middle name. Both depend on the name and the cell alone. Of a child
-- without a name, which of several born together it is counts as an initial does.
CREATE OR REPLACE TEMP MACRO letters_of(written) AS
    trim(
        regexp_replace(translate(lower(strip_accents(written)), 'łøđ', 'lod'), '[^a-z]+', ' ', 'g')
    );
CREATE OR REPLACE TEMP MACRO joined(words) AS replace(words, ' ', '');
CREATE OR REPLACE TEMP TABLE spelling AS
WITH spelt_name AS (
    SELECT DISTINCT 'forename' AS part, forename AS name, trim(forename_given) AS written
    FROM records
    WHERE forename IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'forename', birth_order::VARCHAR, trim(forename_given)
    FROM records
    WHERE birth_order IS NOT NULL AND forename_given IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'surname' AS part, surname AS name, trim(surname_given) AS written
    FROM records
    WHERE surname IS NOT NULL
),
told AS (
    SELECT
        part,
        name,
        written,
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
    WHERE part = 'surname' AND joined(letters_of(written)) <> joined(name)
)
SELECT
    row_number() OVER (ORDER BY s.part, s.name, s.written NULLS LAST) AS spelling,
    s.part,
    s.name,
    s.written,
    coalesce(nullif(array_to_string(t.own, ' '), ''), s.written) AS given,
    dense_rank() OVER (ORDER BY s.part, s.name) AS name_rank
FROM spelt_name s
LEFT JOIN told t ON t.part = s.part AND t.name = s.name AND t.written = s.written
