-- Names as the model compares them, worked on once for each distinct list and not for each record,
-- and the dwellings by number.
CREATE OR REPLACE TEMP TABLE places AS
SELECT
    address_id,
    -- A number that does not change when other dwellings come and go.
    (md5_number_lower(address_id) >> 1)::BIGINT AS place
FROM addresses
WHERE kind = 'dwelling';
-- The consonants of a name as they are heard: Kathryn as Catherine, Mohamed as Muhammad.
CREATE OR REPLACE TEMP MACRO heard(name) AS
    string_split(
        translate(
            regexp_replace(
                replace(replace(name, 'ph', 'f'), 'ch', 'k'),
                'c([eiy])',
                's\1',
                'g'
            ),
            'cqz',
            'kks'
        ),
        ''
    );
CREATE OR REPLACE TEMP MACRO consonants(letters) AS
    translate(
        array_to_string(
            list_filter(letters, lambda letter, i: i = 1 OR letter <> letters[i - 1]),
            ''
        ),
        'aeiouyhw ',
        ''
    );
CREATE OR REPLACE TEMP TABLE given_lists AS
WITH told AS (
    SELECT DISTINCT forenames
    FROM in_order
),
-- Each of several names stands alone too: what it is known by is asked of it by itself.
lists AS (
    FROM told
    UNION
    SELECT [unnest(list_concat(
        forenames,
        list_transform(forenames, lambda name: split_part(name, ' ', 1)),
        list_transform(forenames, lambda name: replace(name, ' ', ''))
    ))]
    FROM told
    WHERE length(forenames) > 1
        OR contains(forenames[1], ' ')
),
named AS (
    SELECT
        forenames,
        list_distinct(list_concat(
            list_filter(forenames, lambda name: name <> ''),
            list_transform(
                list_filter(forenames, lambda name: contains(name, ' ')),
                lambda name: split_part(name, ' ', 1)
            ),
            -- Xiao Ming is Xiaoming too.
            list_transform(
                list_filter(forenames, lambda name: contains(name, ' ')),
                lambda name: replace(name, ' ', '')
            )
        )) AS given
    FROM lists
),
spelt AS (
    SELECT
        forenames,
        name,
        unnest(list_distinct([name, canonical])) AS alias
    FROM named, unnest(given) AS spelling (name)
    LEFT JOIN nicknames USING (name)
),
common AS (
    SELECT
        value AS alias,
        records
    FROM commonness
    WHERE part = 'forename'
),
aliased AS (
    SELECT
        forenames,
        list_sort(list(DISTINCT alias)) AS aliases,
        -- The commonest of the names a spelling may stand for: a key to block on.
        arg_max(alias, (coalesce(common.records, 0), alias)) AS root
    FROM spelt
    LEFT JOIN common USING (alias)
    WHERE alias IS NOT NULL
    GROUP BY forenames
)
SELECT
    forenames,
    given,
    coalesce(aliases, given) AS aliases,
    root,
    consonants(heard(given[1])) AS sound
FROM named
LEFT JOIN aliased USING (forenames);
CREATE OR REPLACE TEMP TABLE family_lists AS
SELECT
    surnames,
    list_distinct(flatten(list_transform(
        surnames,
        lambda name: CASE
            WHEN contains(name, ' ')
            THEN list_concat(
                list_filter(string_split(name, ' '), lambda part: length(part) >= 3),
                [name, replace(name, ' ', '')]
            )
            ELSE [name]
        END
    ))) AS family_names
FROM (SELECT DISTINCT surnames FROM in_order)
