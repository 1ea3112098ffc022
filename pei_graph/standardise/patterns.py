"""The word lists as patterns that the SQL files use as variables, and tables they join."""

from collections.abc import Iterable

import duckdb

from pei_graph.standardise.words import Words, words

UNIT_WORD = "(?:flat|flt|apartment|apt|unit|room|bedsit)"

UNIT = rf"(?:{UNIT_WORD} *(?:no )?([0-9a-z]+)[ ,]+)?"
"""A dwelling within a house, before the house's own number."""

NUMBER = r"([0-9]+(?:[a-z]\b)?(?: ?[-/] ?[0-9]+(?:[a-z]\b)?)?)"
"""A house number: 14, 14a, 14-16, 2/14."""


def set_patterns(con: duckdb.DuckDBPyConnection) -> None:
    """The variables and the table ``street_words`` that the SQL files read are set."""
    for variable, pattern in _patterns(words()).items():
        con.execute(f"SET VARIABLE {variable} = ?", [pattern])
    for variable in ("not_a_name", "particles", "not_an_identifier", "no_fixed_abode"):
        con.execute(f"SET VARIABLE {variable} = ?", [list(getattr(words(), variable))])
    con.execute("CREATE OR REPLACE TEMP TABLE street_words (short VARCHAR, word VARCHAR)")
    con.execute(
        "INSERT INTO street_words SELECT unnest(?), unnest(?)",
        [list(words().streets), list(words().streets.values())],
    )


def _patterns(known: Words) -> dict[str, str]:
    particles = _any(known.particles)
    return {
        "title_pattern": f"^ *(?:{_any(known.titles)} +)+",
        "suffix_pattern": f"(?:[ ,]+{_any(known.suffixes)})+$",
        "family_last": f"^(.*?) ((?:{particles} )*[^ ]+)$",
        "family_first": f"^((?:{particles} )*[^ ]+) (.*)$",
        "numbered": f"^{UNIT}[^0-9]*?{NUMBER}[ ,]*([a-z][^,]*)",
        "unit": rf"^{UNIT_WORD}\b",
        "unnumbered": f"^{UNIT}([^,]+)(?:, *([^,]+))?",
        "street_pattern": rf"\b{_any(known.street_words)}$",
        "street_end": rf"^(.* {_any(known.streets.values())})\b",
        "communal_pattern": "|".join(known.communal),
    }


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(alternatives, key=lambda word: (-len(word), word)))})"
