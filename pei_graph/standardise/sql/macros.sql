-- Distinct elements in the order in which they first stand.
CREATE OR REPLACE TEMP MACRO in_order(words) AS
    list_filter(words, lambda word, i: list_position(words, word) = i);
-- Words in lower case, without accents and signs.
CREATE OR REPLACE TEMP MACRO plain_words(written) AS
    nullif(trim(regexp_replace(lower(strip_accents(written)), '[^a-z0-9]+', ' ', 'g')), '');
-- Letters in upper case and digits, without what stands between them.
CREATE OR REPLACE TEMP MACRO letters_and_digits(written) AS
    regexp_replace(upper(written), '[^A-Z0-9]', '', 'g');
-- The number or name of a house, of which a flat may be told before a stroke: 14 of 2/14.
CREATE OR REPLACE TEMP MACRO of_house(house) AS
    CASE WHEN contains(house, '/') THEN regexp_extract(house, '([^/]*)$', 1) ELSE house END;
-- The line and postcode of an address as said, as they were written, in one line.
CREATE OR REPLACE TEMP MACRO as_written(said) AS
    nullif(
        concat_ws(
            ', ',
            nullif(
                CASE
                    WHEN contains(said, chr(10)) THEN
                        regexp_replace(
                            trim(split_part(said, chr(31), 2), chr(32) || chr(13) || chr(10)),
                            '[ ,]*[\r\n]+[ ,]*',
                            ', ',
                            'g'
                        )
                    ELSE split_part(said, chr(31), 2)
                END,
                ''
            ),
            nullif(split_part(said, chr(31), 3), '')
        ),
        ''
    );
-- The sum of a number's digits, first to last, each times a weight that changes by one.
CREATE OR REPLACE TEMP MACRO weighted(value, places, heaviest) AS
    list_sum(
        list_transform(
            range(1, places + 1),
            lambda i: (heaviest + 1 - i) * (ascii(value[i]) - 48)
        )
    );
-- NHS number: ten digits, modulus 11 (NHS Data Dictionary).
CREATE OR REPLACE TEMP MACRO valid_nhs_number(value) AS
    CASE
        WHEN NOT regexp_full_match(value, '[0-9]{10}') THEN FALSE
        ELSE (11 - weighted(value, 9, 10) % 11) % 11 = ascii(value[10]) - 48
    END;
-- Unique learner number: ten digits, modulus 11, never a remainder of nought.
CREATE OR REPLACE TEMP MACRO valid_uln(value) AS
    CASE
        WHEN NOT regexp_full_match(value, '[1-9][0-9]{9}') THEN FALSE
        WHEN weighted(value, 9, 10) % 11 = 0 THEN FALSE
        ELSE 10 - weighted(value, 9, 10) % 11 = ascii(value[10]) - 48
    END;
-- Unique pupil number: check letter, eleven digits, then a digit or, while temporary, a letter.
CREATE OR REPLACE TEMP MACRO valid_upn(value) AS
    CASE
        WHEN NOT regexp_full_match(value, '[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]') THEN FALSE
        ELSE value[1] = 'ABCDEFGHJKLMNPQRTUVWXYZ'[
            list_sum(
                list_transform(
                    range(2, 14),
                    lambda i: i * (strpos('ABCDEFGHJKLMNPQRTUVWXYZ0123456789', value[i]) - 1)
                )
            )::BIGINT % 23 + 1
        ]
    END;
-- A number that a system numbers its people by, without the zeros that spreadsheets drop before it.
CREATE OR REPLACE TEMP MACRO without_zeros(value) AS
    regexp_replace(value, '^0+([1-9][0-9]*)$', '\1');
-- National Insurance number without its suffix: prefix letters that HMRC issues, six digits.
CREATE OR REPLACE TEMP MACRO valid_nino(value) AS
    regexp_full_match(value, '[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z][0-9]{6}')
    AND NOT regexp_matches(value, '^(BG|GB|KN|NK|NT|TN|ZZ)')
;
-- What a cell means, as macros that every lane shares: the text that a list's query is made of is
-- read over and over, a macro once.
CREATE MACRO working.day_written(written, formats) AS
    try_strptime(
        CASE
            WHEN written LIKE '%:%' THEN regexp_replace(written, '[ T]+[0-9]+:.*$', '')
            ELSE written
        END,
        formats
    )::DATE;
-- Eight digits, of which a spreadsheet took the first for a nought before a number.
CREATE MACRO working.eight_digits(written) AS
    CASE
        WHEN length(written) = 7 AND regexp_full_match(written, '[0-9]{7}') THEN '0' || written
        ELSE written
    END;
-- Ten characters in the places of an ISO date; the second test keeps out a minus sign.
CREATE MACRO working.iso_day(written) AS
    CASE WHEN written LIKE '____-__-__' AND written >= '0' THEN try_cast(written AS DATE) END;
-- An ISO date with a time, else a spreadsheet's number of a day.
CREATE MACRO working.other_day(written) AS
    CASE
        WHEN regexp_matches(written, '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T])')
            THEN try_cast(written[:10] AS DATE)
        WHEN regexp_matches(written, '^[0-9]{5}([.][0-9]+)?$')
            THEN DATE '1899-12-30' + try_cast(written[:5] AS INTEGER)
    END;
-- A year written with two digits lies before the latest day. Nearly every date is settled by the
-- first test.
CREATE MACRO working.in_century(day, written, latest) AS
    CASE
        WHEN day BETWEEN DATE '0100-01-01' AND latest THEN day
        WHEN day > latest AND regexp_matches(written, '[0-9]{4}') THEN day
        WHEN day > latest THEN (day - INTERVAL 100 YEAR)::DATE
        WHEN day + INTERVAL 2000 YEAR > latest THEN (day + INTERVAL 1900 YEAR)::DATE
        ELSE (day + INTERVAL 2000 YEAR)::DATE
    END
