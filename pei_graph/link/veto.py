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

_ASKED = {
    "one_person_of_two_names": """
        coalesce(l.birth_date = r.birth_date, true)
        AND (list_contains(l.other_roots, r.root) OR list_contains(r.other_roots, l.root))
        AND (list_has_any(l.family_names, r.family_names) OR l.place = r.place)
    """,
    "numbers_differ": """
        list_has_any(l.number_schemes, r.number_schemes)
        AND NOT list_has_any(l.numbers, r.numbers)
        AND NOT coalesce(l.forename = r.forename AND l.birth_date = r.birth_date, false)
    """,
    "one_renamed_parent": """
        l.source <> r.source
        AND list_has_any(l.renamed_parent_of, r.renamed_parent_of)
        AND (list_has_any(l.family_names, r.family_names) OR l.place = r.place)
    """,
    "both_names_given": """
        l.place = r.place
        AND (
            list_has_any(l.family_names, r.family_names)
            OR damerau_levenshtein(l.surname, r.surname) <= 1
        )
        AND (list_contains(l.home_names, r.root) OR list_contains(r.home_names, l.root))
    """,
    "the_only_other": """
        l.place = r.place
        AND l.surname = r.surname
        AND l.sex = r.sex
        AND (l.only_other = r.birth_date OR r.only_other = l.birth_date)
    """,
    "names_swapped": """
        list_has_any(l.given, r.family_names) AND list_has_any(l.family_names, r.given)
    """,
    "one_mistaken_date": f"""
        l.source <> r.source
        AND coalesce(l.place = r.place, l.postcode = r.postcode, true)
        AND l.born_from = l.born_to
        AND r.born_from = r.born_to
        AND (
            abs(l.born_from - r.born_from) <= {MONTH}
            OR abs(abs(l.born_from - r.born_from) - {DECADE}) <= {MONTH}
        )
        AND list_has_any(l.aliases, r.aliases)
        AND list_has_any(l.family_names, r.family_names)
    """,
    "one_alias": """
        list_has_any(l.aliases, r.aliases) AND (
            l.birth_date = r.birth_date
            OR list_has_any(l.family_names, r.family_names)
            OR damerau_levenshtein(l.surname, r.surname) <= 1
        )
    """,
}
"""What is asked of two rows, by the name that other SQL asks it by; what nobody knows is not so."""

_VETO = f"""
CASE
    WHEN list_has_any(l.identifiers, r.identifiers) THEN CASE
        WHEN {{birth_date}} > 0 AND coalesce({{sex}}, -1) <> 0 THEN NULL
        WHEN {{forename}} > 0 THEN NULL
        WHEN {{forename}} = 0 OR {{birth_date}} = 0 THEN 'identifier_conflict'
    END
    WHEN numbers_differ(l, r) THEN 'numbers_differ'
    WHEN l.birth_order <> r.birth_order THEN 'birth_order'
    WHEN {{forename}} = 0
        AND NOT one_person_of_two_names(l, r)
        AND NOT both_names_given(l, r)
        AND NOT one_renamed_parent(l, r)
        AND NOT the_only_other(l, r)
    THEN 'forename'
    WHEN {{birth_date}} = 0 AND NOT one_mistaken_date(l, r) THEN 'birth_date'
    WHEN {{sex}} = 0 AND NOT one_alias(l, r) AND NOT names_swapped(l, r) THEN 'sex'
    WHEN (l.birth_date IS NULL OR r.birth_date IS NULL) AND (
        l.born_from > r.born_to + {BAND_SLACK} OR r.born_from > l.born_to + {BAND_SLACK}
    )
    THEN 'age_band'
END
"""


def written_out(query: str) -> str:
    """Return a query with what it asks of two rows ``l`` and ``r`` in place of the names.

    Macros would do so too, but each would be handed both rows whole, as structures of fifty values,
    at every value that it names: that took longer to plan than all else in the query.
    """
    for name, asked in _ASKED.items():
        query = query.replace(f"{name}(l, r)", f"coalesce({asked.strip()}, false)")
    return query


def veto_sql(household: Household, **levels: str) -> str:
    """Return SQL for the veto between two rows ``l`` and ``r``, null where there is none.

    ``levels`` are SQL for the levels of forename, birth date and sex.
    """
    if not household.of_families:
        return "NULL::VARCHAR"
    return written_out(_VETO.format(**levels)).strip()


def create_veto(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], *, household: Household
) -> None:
    """The macro ``pair_veto(l, r)`` stands in the database."""
    levels = {name: f"({level_sql(described, name)})" for name in VETOING}
    con.execute(f"CREATE OR REPLACE MACRO pair_veto(l, r) AS {veto_sql(household, **levels)}")
