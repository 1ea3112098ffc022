"""The mentions of one source put together into its records.

In: ``mentions``. Out: rows of ``merged``, one for each record: of every field the newest statement;
of birth dates an exact one before a part of one, and either before a placeholder or a
day on which a birth is expected. Rows of
``said_names``: the names a record is also known by, other fields and older spellings.
"""

from collections.abc import Iterator

import duckdb

NEWEST = (
    "forename", "middle_names", "surname", "name", "sex", "ethnicity", "birth_place", "occupation",
    "case_family",
)  # fmt: skip
"""What a record takes from the newest mention that says it."""

BIRTH = ("birth_date_given", "birth_date", "birth_date_quality")

BEST_BIRTH = """place + CASE birth_date_quality
            WHEN 'exact' THEN 0
            WHEN 'partial' THEN 1::BIGINT << 61
            WHEN 'placeholder' THEN 2::BIGINT << 61
            WHEN 'expected' THEN 2::BIGINT << 61
            ELSE 3::BIGINT << 61
        END"""
"""A place takes 61 bits."""

OTHER_NAMES = {
    "known_as": "'forename'", "preferred_surname": "'surname'", "former_surname": "'surname'",
    "former_name": "former_name_part",
}  # fmt: skip
"""Fields of other names than the main one, and the part of a name that each is."""

MAIN_NAMES = {"forename": "'forename'", "surname": "'surname'", "name": "name_part"}


def merge(con: duckdb.DuckDBPyConnection, said: frozenset[str]) -> None:
    """Table ``merged`` holds the source's records; ``said`` are the columns of ``mentions``."""
    bands = ""
    if "youngest" in said:
        # From the month's first day, so that another night of it tells nothing else of anybody.
        bands = """,
        (date_trunc('month', delivered_on) - to_years(oldest + 1) + INTERVAL 1 DAY)::DATE
            AS band_from,
        (since - to_years(youngest))::DATE AS band_to"""
    birth = f",\n        {BEST_BIRTH} AS best_birth" if "birth_date" in said else ""
    con.execute(
        f"""
        INSERT INTO working.merged BY NAME
        WITH said AS (
            SELECT *{birth}{bands}
            FROM mentions
        ),
        together AS (
            SELECT {", ".join(_together(said))}
            FROM said
            GROUP BY record_id
        )
        SELECT {", ".join(_merged(said))}
        FROM together
        """
    )


def _together(said: frozenset[str]) -> Iterator[str]:
    yield "record_id, arg_min(role, place) AS role"
    yield from (f"arg_min({each}, place) AS {each}" for each in NEWEST if each in said)
    if "name" in said:
        yield "arg_min(name_part, place) FILTER (name IS NOT NULL) AS name_part"
    yield from (f"arg_min({each}, best_birth) AS {each}" for each in BIRTH if each in said)
    if "youngest" in said:
        yield "max(band_from) AS band_from, min(band_to) AS band_to"
    yield "min(place) AS place, min(since) AS first_seen, max(delivered_on) AS last_seen"
    yield "bool_or(current) AS in_latest, bool_or(sealed) AS sealed"


def _merged(said: frozenset[str]) -> Iterator[str]:
    if "youngest" not in said:
        yield "*"
        return
    yield "* EXCLUDE (band_from, band_to)"
    yield "CASE WHEN band_from <= band_to THEN band_from END AS born_from"
    yield "CASE WHEN band_from <= band_to THEN band_to END AS born_to"


def note_names(con: duckdb.DuckDBPyConnection, said: frozenset[str]) -> None:
    """Table ``said_names`` holds the other names of the source's records, each once."""
    main = [each for each in MAIN_NAMES if each in said]
    names = list(_names(said, main))
    if not names:
        return
    con.execute(
        f"""
        INSERT INTO working.said_names BY NAME
        WITH {_differing(said, main)}other AS (
            {" UNION ALL ".join(names)}
        )
        SELECT record_id, part, spelling, min(place) AS place
        FROM other
        GROUP BY record_id, part, spelling
        """
    )


def _differing(said: frozenset[str], main: list[str]) -> str:
    if not main:
        return ""
    columns = "".join(f", m.{each}, m.{each} <> r.{each} AS other_{each}" for each in main)
    part = ", m.name_part" if "name" in said else ""
    where = " OR ".join(f"m.{each} <> r.{each}" for each in main)
    return f"""differing AS (
            SELECT m.record_id, m.place{columns}{part}
            FROM mentions AS m
            JOIN working.merged AS r ON r.record_id = m.record_id
            WHERE {where}
        ),
        """


def _names(said: frozenset[str], main: list[str]) -> Iterator[str]:
    for each in main:
        yield (
            f"SELECT record_id, place, {MAIN_NAMES[each]} AS part, {each} AS spelling"
            f" FROM differing WHERE other_{each}"
        )
    for each, part in OTHER_NAMES.items():
        if each in said:
            yield (
                f"SELECT record_id, place, {part} AS part, {each} AS spelling FROM mentions"
                f" WHERE {each} IS NOT NULL"
            )
