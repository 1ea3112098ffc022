"""What forbids two records to be one person, as one rule for scored pairs and for any other pair.

Out: the macro ``pair_veto(l, r)`` over two rows of the table ``comparables``; both stay in the
run's file, so that a later stage can ask about pairs that were never scored. It gives the name of
the veto, or null. A shared strong identifier outranks the other vetoes; it is itself in conflict
where what is known of forename, birth date and sex disagrees.
"""

from typing import Any

import duckdb

from pei_graph.link.household import Household
from pei_graph.link.settings import level_sql

VETOING = ("forename", "birth_date", "sex")
"""Comparisons whose lowest level forbids a pair."""

BAND_SLACK = "INTERVAL 1 YEAR"
"""A role's age band is stretched by this before it contradicts: ages are known by school year."""

MONTH, DECADE = 45, 3652
"""Days by which a slip of the pen makes two birth dates of one: a day or a month, or ten years. No
two relatives are born so near each other, unless on one day, and given one name as well."""

_TWO_NAMES = """
CREATE OR REPLACE MACRO one_person_of_two_names(l, r) AS coalesce(
    coalesce(l.birth_date = r.birth_date, true)
    AND (list_contains(l.other_roots, r.root) OR list_contains(r.other_roots, l.root))
    AND (list_has_any(l.family_names, r.family_names) OR l.place = r.place),
    false
)
"""

_NUMBERS = """
CREATE OR REPLACE MACRO numbers_differ(l, r) AS coalesce(
    list_has_any(l.number_schemes, r.number_schemes)
    AND NOT list_has_any(l.numbers, r.numbers)
    AND NOT coalesce(l.forename = r.forename AND l.birth_date = r.birth_date, false),
    false
)
"""

_CHILD = """
CREATE OR REPLACE MACRO one_renamed_parent(l, r) AS coalesce(
    l.source <> r.source
    AND list_has_any(l.renamed_parent_of, r.renamed_parent_of)
    AND (list_has_any(l.family_names, r.family_names) OR l.place = r.place),
    false
)
"""

_GIVEN = """
CREATE OR REPLACE MACRO both_names_given(l, r) AS coalesce(
    l.place = r.place
    AND (
        list_has_any(l.family_names, r.family_names)
        OR damerau_levenshtein(l.surname, r.surname) <= 1
    )
    AND (list_contains(l.home_names, r.root) OR list_contains(r.home_names, l.root)),
    false
)
"""

_OTHER = """
CREATE OR REPLACE MACRO the_only_other(l, r) AS coalesce(
    l.place = r.place
    AND l.surname = r.surname
    AND l.sex = r.sex
    AND (l.only_other = r.birth_date OR r.only_other = l.birth_date),
    false
)
"""

_SWAPPED = """
CREATE OR REPLACE MACRO names_swapped(l, r) AS coalesce(
    list_has_any(l.given, r.family_names) AND list_has_any(l.family_names, r.given),
    false
)
"""

_SLIP = f"""
CREATE OR REPLACE MACRO one_mistaken_date(l, r) AS coalesce(
    l.source <> r.source
    AND coalesce(l.place = r.place, l.postcode = r.postcode, true)
    AND l.born_from = l.born_to
    AND r.born_from = r.born_to
    AND (
        abs(l.born_from - r.born_from) <= {MONTH}
        OR abs(abs(l.born_from - r.born_from) - {DECADE}) <= {MONTH}
    )
    AND list_has_any(l.aliases, r.aliases)
    AND list_has_any(l.family_names, r.family_names),
    false
)
"""


def create_veto(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], *, household: Household
) -> None:
    """The macros ``pair_veto(l, r)`` and ``veto_of(l, r, levels)`` stand in the database.

    The second takes the levels of forename, birth date and sex, where they are known already.
    """
    for macro in (_TWO_NAMES, _NUMBERS, _CHILD, _GIVEN, _OTHER, _SWAPPED, _SLIP):
        con.execute(macro)
    con.execute(
        f"""
        CREATE OR REPLACE MACRO veto_of(l, r, forename, birth_date, sex) AS
        CASE
            WHEN {not household.of_families} THEN NULL
            WHEN list_has_any(l.identifiers, r.identifiers) THEN CASE
                WHEN birth_date > 0 AND coalesce(sex, -1) <> 0 THEN NULL
                WHEN forename > 0 THEN NULL
                WHEN forename = 0 OR birth_date = 0 THEN 'identifier_conflict'
            END
            WHEN numbers_differ(l, r) THEN 'numbers_differ'
            WHEN forename = 0
                AND NOT one_person_of_two_names(l, r)
                AND NOT both_names_given(l, r)
                AND NOT one_renamed_parent(l, r)
                AND NOT the_only_other(l, r)
            THEN 'forename'
            WHEN birth_date = 0 AND NOT one_mistaken_date(l, r) THEN 'birth_date'
            WHEN sex = 0
                AND NOT coalesce(
                    list_has_any(l.aliases, r.aliases) AND (
                        l.birth_date = r.birth_date
                        OR list_has_any(l.family_names, r.family_names)
                        OR damerau_levenshtein(l.surname, r.surname) <= 1
                    ),
                    false
                )
                AND NOT names_swapped(l, r)
            THEN 'sex'
            WHEN (l.birth_date IS NULL OR r.birth_date IS NULL) AND (
                l.born_from > r.born_to + {BAND_SLACK} OR r.born_from > l.born_to + {BAND_SLACK}
            )
            THEN 'age_band'
        END
        """
    )
    levels = ", ".join(f"({level_sql(described, name)})" for name in VETOING)
    con.execute(f"CREATE OR REPLACE MACRO pair_veto(l, r) AS veto_of(l, r, {levels})")
